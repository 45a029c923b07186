import { nearest } from '../../../diagnostics/nearest.ts';
import { aboutWord } from '../../../diagnostics/words.ts';
import { fromPointer } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import type { Members } from '../../sign-ins/members.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';
import { isOneOf } from '../../words.ts';

export const oauthCredentials: Rule = {
  name: 'oauth-credentials',
  severity: 'warning',
  category: 'correctness',
  summary: 'Active Directory OAuth has tenant, audience, client id and exactly one credential',
  check: (subject, report) => {
    for (const signIn of groupSignIns(subject, 'activedirectoryoauth')) {
      const { members, name, pointer } = signIn;
      // Of a connection, the service that it leads to says what it needs.
      if (signIn.place === 'connection') continue;
      for (const key of ['tenant', 'audience', 'clientId']) {
        const written = members.given(key)?.written;
        if (written !== undefined && written !== '') continue;
        const slip = slipOf(key, members);
        report({
          pointer: slip?.pointer ?? pointer,
          part: 'key',
          message: `the sign-in of "${name}" lacks ${key}${slip ? `, and "${slip.name}" is none of its members` : ''}`,
          about: slip && { ...aboutWord(slip.name, known, key) },
          help: slip ? `did you mean "${key}"?` : `add "${key}" to authentication`,
        });
      }
      const [hasSecret, hasPfx] = [members.has('secret'), members.has('pfx')];
      if (hasSecret && hasPfx)
        report({
          pointer,
          part: 'key',
          message: `the sign-in of "${name}" has a certificate and a client secret`,
          help: 'keep one of pfx and secret',
        });
      const declared = members.given('credentialType');
      const kind = declared?.literal?.toLowerCase();
      if (declared && ((kind === 'certificate' && hasSecret && !hasPfx) || (kind === 'secret' && hasPfx && !hasSecret)))
        report({
          pointer: declared.pointer,
          message: `credentialType says ${kind === 'secret' ? 'secret' : 'certificate'}, and the sign-in of "${name}" has ${kind === 'secret' ? 'a certificate' : 'a client secret'}`,
          help: 'leave credentialType out: the credential that is there counts',
        });
      if (hasSecret && members.has('password'))
        report({
          pointer: members.given('password')?.pointer ?? pointer,
          part: 'key',
          message: `the sign-in of "${name}" has a client secret, and a password that belongs to a certificate`,
          help: 'take password out, or write pfx instead of secret',
        });
      if (!hasSecret && !hasPfx)
        report({
          pointer,
          part: 'key',
          message: `the sign-in of "${name}" has no credential`,
          help: 'add pfx (and "password": "") or secret',
        });
    }
  },
};

/** Members of the type, as the designer writes them. Source: docs/facts/sign-in.md#the-http-action. */
const known = ['type', 'authority', 'tenant', 'audience', 'clientId', 'credentialType', 'pfx', 'password', 'secret'] as const;

/** A member that the type does not know, and whose name is near that of one that is missing. */
function slipOf(key: string, members: Members): { name: string; pointer: string } | undefined {
  for (const { pointer } of members.all) {
    const name = fromPointer(pointer).at(-1) ?? '';
    if (!isOneOf(name, known) && nearest(name, known) === key) return { name, pointer };
  }
  return undefined;
}
