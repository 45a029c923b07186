import { authenticationOf, authenticationType, credentialMembers } from '../../../definition/authentication.ts';
import { isSecured } from '../../../definition/get-secret.ts';
import { entryOf } from '../../../json/member.ts';
import { hide } from '../../mends.ts';
import type { Rule } from '../../rule.ts';

export const httpSecureInputs: Rule = {
  name: 'http-secure-inputs',
  severity: 'info',
  category: 'security',
  summary: 'An HTTP action that signs in with a credential hides its inputs by a setting of its own',
  check: ({ actions }, report) => {
    for (const entry of actions) {
      const { node: action, name, pointer, type } = entry;
      const authentication = authenticationOf(action);
      if (!authentication || isSecured(action, 'inputs')) continue;
      const members = entryOf(credentialMembers, authenticationType(authentication)) ?? [];
      // What Power Automate puts into its connectors is its own.
      if (!/^http/i.test(type) || !members.some((key) => typeof authentication[key] === 'string' && authentication[key] !== ''))
        continue;
      report({
        pointer,
        part: 'key',
        message: `"${name}" signs in with a credential, and no setting of its own hides its inputs in run history`,
        help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["inputs"] } } (Settings, Secure inputs)',
        fix: hide(entry, ['inputs']),
      });
    }
  },
};
