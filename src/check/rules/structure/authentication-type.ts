import { authenticationOf } from '../../../definition/authentication.ts';
import { authenticationTypes } from '../../../definition/operations.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { isOneOf, suggestName } from '../../words.ts';

export const authenticationType: Rule = {
  name: 'authentication-type',
  severity: 'error',
  category: 'correctness',
  summary: 'The authentication of an HTTP call is of a type that exists',
  check: (subject, report) => {
    for (const { node, typeWord, pointer } of subject.operations) {
      if (typeWord !== 'http' && typeWord !== 'httpwebhook') continue;
      const authentication = authenticationOf(node);
      const type = subject.literal(authentication?.type);
      if (!authentication || (type !== undefined && isOneOf(type, authenticationTypes))) continue;
      if (type === undefined && authentication.type !== undefined) continue;
      const { help } = suggestName(type ?? '', authenticationTypes, 'types');
      report({
        pointer: `${pointer}/inputs/authentication/type`,
        message: type === undefined ? 'authentication has no type' : 'there is no authentication of this type',
        help,
        // The word itself is not told: a secret can stand in its place.
        about: { allowed: authenticationTypes },
        fix: type === undefined ? undefined : spell(type, authenticationTypes, `${pointer}/inputs/authentication/type`),
      });
    }
  },
};
