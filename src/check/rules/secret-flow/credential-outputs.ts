import { isGetSecret } from '../../../definition/get-secret.ts';
import { hide } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import { isMeantToHide } from '../../secure-data.ts';

export const credentialOutputs: Rule = {
  name: 'credential-outputs',
  severity: 'warning',
  category: 'security',
  summary: 'An action or trigger that answers with a credential, such as a token, hides its outputs from run history',
  check: (subject, report) => {
    const told = new Set<string>();
    for (const { origin, use, steps } of secretsOf(subject).demands) {
      const operation = origin.kind === 'action' ? origin.action : origin.kind === 'trigger' ? origin.trigger : undefined;
      if (!operation || told.has(operation.pointer)) continue;
      const { node, name, pointer } = operation;
      if (isGetSecret(node) || isMeantToHide(node, 'outputs')) continue;
      told.add(pointer);
      report({
        pointer,
        part: 'key',
        message: `"${name}" answers with what "${use.operation?.name}" signs in with, and shows it in run history`,
        path: [{ pointer, part: 'key', message: `"${name}" answers with it` }, ...steps],
        help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["outputs"] } } (Settings, Secure outputs)',
        fix: hide(operation, ['outputs']),
      });
    }
  },
};
