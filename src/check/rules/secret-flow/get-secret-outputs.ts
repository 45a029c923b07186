import { isGetSecret } from '../../../definition/get-secret.ts';
import { hide } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { isMeantToHide } from '../../secure-data.ts';

export const getSecretOutputs: Rule = {
  name: 'get-secret-outputs',
  severity: 'warning',
  category: 'security',
  summary: 'An action that reads a secret hides its outputs from run history',
  check: ({ actions }, report) => {
    for (const entry of actions) {
      const { node: action, name, pointer } = entry;
      if (!isGetSecret(action) || isMeantToHide(action, 'outputs')) continue;
      report({
        pointer,
        part: 'key',
        message: `"${name}" reads a secret and shows it in run history to everyone who may read the runs`,
        help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["inputs", "outputs"] } } (Settings, Secure outputs)',
        fix: hide(entry, ['inputs', 'outputs']),
      });
    }
  },
};
