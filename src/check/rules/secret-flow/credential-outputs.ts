import { isGetSecret } from '../../../definition/get-secret.ts';
import { hide } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import { isMeantToHide } from '../../secure-data.ts';

export const credentialOutputs: Rule = {
  name: 'credential-outputs',
  severity: 'warning',
  category: 'security',
  summary: 'An action that answers with a credential, such as a token, hides its outputs from run history',
  check: (subject, report) => {
    const told = new Set<string>();
    for (const { origin, use, steps } of secretsOf(subject).demands) {
      if (origin.kind !== 'action' || told.has(origin.action.pointer)) continue;
      const { node: action, name, pointer } = origin.action;
      if (isGetSecret(action) || isMeantToHide(action, 'outputs')) continue;
      told.add(pointer);
      report({
        pointer,
        part: 'key',
        message: `"${name}" answers with what "${use.operation?.name}" signs in with, and shows it in run history`,
        path: [{ pointer, part: 'key', message: `"${name}" answers with it` }, ...steps],
        help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["outputs"] } } (Settings, Secure outputs)',
        fix: hide(origin.action, ['outputs']),
      });
    }
  },
};
