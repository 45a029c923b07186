import { actionsSigningIn } from '../../../definition/authentication.ts';
import type { Rule } from '../../rule.ts';

export const authorityHost: Rule = {
  name: 'authority-host',
  severity: 'warning',
  category: 'correctness',
  summary: 'The authority is a sign-in host without a path',
  check: (subject, report) => {
    for (const { authentication, pointer } of actionsSigningIn(subject.actions, 'activedirectoryoauth')) {
      const authority = subject.knownText(authentication.authority, `${pointer}/authority`);
      if (authority === undefined || !URL.canParse(authority)) continue;
      const { pathname, origin } = new URL(authority);
      if (pathname === '/') continue;
      report({
        pointer: `${pointer}/authority`,
        message: 'the authority has a path, of which Entra makes a tenant that does not exist (AADSTS90002 or AADSTS900023)',
        help: `write ${origin}; the tenant stands in tenant`,
      });
    }
  },
};
