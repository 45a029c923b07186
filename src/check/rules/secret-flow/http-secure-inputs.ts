import { credentialMembers } from '../../../definition/authentication.ts';
import { entryOf } from '../../../json/member.ts';
import { hide } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { isMeantToHide } from '../../secure-data.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';

export const httpSecureInputs: Rule = {
  name: 'http-secure-inputs',
  severity: 'info',
  category: 'security',
  summary: 'An HTTP action or trigger that signs in with a credential hides its inputs by a setting of its own',
  check: (subject, report) => {
    const told = new Set<string>();
    for (const signIn of signInsOf(subject)) {
      const { way, operation, type } = signIn;
      // What Power Automate puts into its connectors is its own.
      if (way !== 'group' || !operation || !/^http/.test(operation.typeWord) || isMeantToHide(operation.node, 'inputs')) continue;
      const { name, pointer } = operation;
      const keys = entryOf(credentialMembers, type) ?? [];
      if (told.has(pointer) || !keys.some((key) => typeof signIn.value(key)?.written === 'string' && signIn.members.has(key)))
        continue;
      told.add(pointer);
      report({
        pointer,
        part: 'key',
        message: `"${name}" signs in with a credential, and no setting of its own hides its inputs in run history`,
        help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["inputs"] } } (Settings, Secure inputs)',
        fix: hide(operation, ['inputs']),
      });
    }
  },
};
