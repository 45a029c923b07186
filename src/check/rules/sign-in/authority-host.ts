import type { Fix } from '../../../diagnostics/fix.ts';
import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';

export const authorityHost: Rule = {
  name: 'authority-host',
  severity: 'warning',
  category: 'correctness',
  summary: 'The authority is a sign-in host without a path',
  check: (subject, report) => {
    for (const signIn of groupSignIns(subject, 'activedirectoryoauth')) {
      const authority = signIn.value('authority');
      if (authority?.text === undefined || !URL.canParse(authority.text)) continue;
      const { pathname, origin } = new URL(authority.text);
      if (pathname === '/') continue;
      report({
        pointer: authority.pointer,
        in: signIn.in,
        message: 'the authority has a path, of which Entra makes a tenant that does not exist (AADSTS90002 or AADSTS900023)',
        help: `write ${origin}; the tenant belongs in tenant`,
        fix: signIn.in === undefined && signIn.value('tenant') ? withoutPath(authority.literal, authority.pointer) : undefined,
      });
    }
  },
};

/** Where the authority comes from a parameter, others may use that too. */
function withoutPath(authority: string | undefined, pointer: string): Fix | undefined {
  const origin = /^https:\/\/[^/?#@]+/i.exec(authority ?? '')?.[0];
  if (authority === undefined || origin === undefined) return undefined;
  return {
    description: 'take the path off the authority',
    edits: [{ kind: 'cut', pointer, parts: [{ start: origin.length, end: authority.length }] }],
  };
}
