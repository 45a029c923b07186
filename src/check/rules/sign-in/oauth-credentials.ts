import type { Rule } from '../../rule.ts';

export const oauthCredentials: Rule = {
  name: 'oauth-credentials',
  severity: 'warning',
  category: 'correctness',
  summary: 'Active Directory OAuth has tenant, audience, client id and exactly one credential',
  check: (subject, report) => {
    for (const { authentication, pointer, entry } of subject.signIns('activedirectoryoauth')) {
      for (const key of ['tenant', 'audience', 'clientId']) {
        if (authentication[key] === undefined || authentication[key] === '') {
          report({
            pointer,
            part: 'key',
            message: `the sign-in of "${entry.name}" lacks ${key}`,
            help: `add "${key}" to authentication`,
          });
        }
      }
      const [hasSecret, hasPfx] = [isGiven(authentication.secret), isGiven(authentication.pfx)];
      if (hasSecret && hasPfx)
        report({
          pointer,
          part: 'key',
          message: `the sign-in of "${entry.name}" has a certificate and a client secret`,
          help: 'keep one of pfx and secret',
        });
      const kind = subject.literal(authentication.credentialType)?.toLowerCase();
      if ((kind === 'certificate' && hasSecret && !hasPfx) || (kind === 'secret' && hasPfx && !hasSecret))
        report({
          pointer: `${pointer}/credentialType`,
          message: `credentialType says ${kind === 'secret' ? 'secret' : 'certificate'}, and the sign-in of "${entry.name}" has ${kind === 'secret' ? 'a certificate' : 'a client secret'}`,
          help: 'leave credentialType out: the credential that is there counts',
        });
      if (hasSecret && isGiven(authentication.password))
        report({
          pointer: `${pointer}/password`,
          part: 'key',
          message: `the sign-in of "${entry.name}" has a client secret, and a password that belongs to a certificate`,
          help: 'take password out, or write pfx instead of secret',
        });
      if (!hasSecret && !hasPfx)
        report({
          pointer,
          part: 'key',
          message: `the sign-in of "${entry.name}" has no credential`,
          help: 'add pfx (and "password": "") or secret',
        });
    }
  },
};

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
