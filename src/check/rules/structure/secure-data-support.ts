import { member } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import type { Rule } from '../../rule.ts';

/** Types that take no secure inputs, and those that take no secure outputs. Source: facts/workflow-definitions.md 3, power-automate.md 3.3. */
const neither = [
  'appendtoarrayvariable',
  'appendtostringvariable',
  'decrementvariable',
  'foreach',
  'if',
  'incrementvariable',
  'initializevariable',
  'recurrence',
  'scope',
  'setvariable',
  'switch',
  'terminate',
  'until',
];
const unsupported = { inputs: new Set(neither), outputs: new Set([...neither, 'compose', 'parsejson', 'response', 'wait']) };

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
        if ((part !== 'inputs' && part !== 'outputs') || !unsupported[part].has(typeWord)) continue;
        report({
          pointer: `${pointer}/runtimeConfiguration/secureData/properties/${index}`,
          message: `"${name}" cannot hide its ${part}: ${type} does not support it`,
          help: `take "${part}" out, and let no secret pass through this action`,
        });
      }
    }
  },
};
