import { actionsSigningIn } from '../../../definition/authentication.ts';
import type { Rule } from '../../rule.ts';

export const oauthCredentials: Rule = {
  name: 'oauth-credentials',
  severity: 'warning',
  category: 'correctness',
  summary: 'Active Directory OAuth has tenant, audience, client id and exactly one credential',
  check: ({ actions }, report) => {
    for (const { authentication, pointer, entry } of actionsSigningIn(actions, 'activedirectoryoauth')) {
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
