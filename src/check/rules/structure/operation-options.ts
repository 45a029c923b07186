import { operationOptions as known } from '../../../definition/operations.ts';
import { member } from '../../../json/member.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { isOneOf, suggestName } from '../../words.ts';

/** An option, and the setting of runtimeConfiguration/concurrency that says the same another way: the service takes only one of them. */
const conflicts = [
  ['SingleInstance', 'runs'],
  ['Sequential', 'repetitions'],
] as const;

export const operationOptions: Rule = {
  name: 'operation-options',
  severity: 'error',
  category: 'correctness',
  summary: 'operationOptions names options that exist, and none that contradicts concurrency',
  check: (subject, report) => {
    for (const { node, pointer } of subject.operations) {
      const text = subject.literal(node.operationOptions);
      if (text === undefined) continue;
      const options = text.split(',').map((option) => option.trim());
      for (const option of options) {
        if (option === '' || isOneOf(option, known)) continue;
        const fix = options.length === 1 ? spell(option, known, `${pointer}/operationOptions`) : undefined;
        const message = `there is no option "${option}"`;
        report({ pointer: `${pointer}/operationOptions`, message, ...suggestName(option, known, 'options'), fix });
      }
      for (const [option, setting] of conflicts) {
        const at = member(node, 'runtimeConfiguration', 'concurrency', setting);
        if (at === undefined || !options.some((each) => each.toLowerCase() === option.toLowerCase())) continue;
        report({
          pointer: `${pointer}/operationOptions`,
          message: `${option} and concurrency/${setting} exclude each other`,
          help: 'keep one of them',
        });
      }
    }
  },
};
