import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

export const standardSecureParameter: Rule = {
  name: 'standard-secure-parameter',
  severity: 'error',
  category: 'correctness',
  summary: 'A Standard workflow has no parameter of type SecureString or SecureObject',
  check: ({ definition, surroundings }, report) => {
    if (surroundings.host !== 'standard') return;
    for (const [group, place] of [
      [definition.parameters, undefined],
      [surroundings.parameters, 'parameters'],
    ] as const) {
      for (const name of isObject(group) ? Object.keys(group) : []) {
        const type = member(group, name, 'type');
        if (typeof type !== 'string' || !/^secure(string|object)$/i.test(type)) continue;
        report({
          pointer: `${place ? '' : '/parameters'}${pointerStep(name)}/type`,
          ...(place && { in: place }),
          message: `Standard does not support parameters of type ${type}`,
          help: "keep the secret in an app setting that refers to Key Vault, and read it with @appsetting('…') in parameters.json",
        });
      }
    }
  },
};
