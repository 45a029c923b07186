import { asText } from '../../../diagnostics/words.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import { cannotHide } from '../../secure-data.ts';

export const secureDataSupport: Rule = {
  name: 'secure-data-support',
  severity: 'error',
  category: 'correctness',
  summary: 'Secure inputs and outputs are set only on operations that can hide them',
  check: ({ operations }, report) => {
    for (const { node, name, type, typeWord, pointer } of operations) {
      if (node.runtimeConfiguration === undefined) continue;
      const properties = member(node, 'runtimeConfiguration', 'secureData', 'properties');
      for (const [index, property] of Array.isArray(properties) ? properties.entries() : []) {
        const part = asText(property).toLowerCase();
        if ((part !== 'inputs' && part !== 'outputs') || !cannotHide(typeWord, part)) continue;
        report({
          pointer: `${pointer}/runtimeConfiguration/secureData/properties/${index}`,
          message: `"${name}" cannot hide its ${part}: ${type} does not support it`,
          help: `take "${part}" out, and let no secret pass through this action`,
        });
      }
    }
  },
};
