import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';

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
        if (written === undefined || written === '') {
          report({
            pointer,
            part: 'key',
            message: `the sign-in of "${name}" lacks ${key}`,
            help: `add "${key}" to authentication`,
          });
        }
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
