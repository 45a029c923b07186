import { authenticationOf } from '../../../definition/authentication.ts';
import { member } from '../../../definition/walk.ts';
import { expressionsOf } from '../../../expression/references.ts';
import type { Rule } from '../../rule.ts';

export const pfxStraight: Rule = {
  name: 'pfx-straight',
  severity: 'warning',
  category: 'correctness',
  summary: 'The certificate goes from the vault to the sign-in as it is, without base64()',
  check: (subject, report) => {
    for (const { action, pointer } of subject.actions) {
      if (member(authenticationOf(action), 'pfx') === undefined) continue;
      const entry = subject.templateAt(`${pointer}/inputs/authentication/pfx`);
      for (const expression of entry?.template ? expressionsOf(entry.template) : []) {
        if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'base64') continue;
        report({
          pointer: `${pointer}/inputs/authentication/pfx`,
          message:
            'pfx is wrapped in base64(), but the vault gives base64 already: the sign-in fails with a message about a wrong password',
          help: "take base64() off: @body('Get_secret')?['value']",
        });
      }
    }
  },
};
