import { functionNamed } from '../../../expression/functions.ts';
import { callsIn } from '../../../expression/references.ts';
import type { Expression } from '../../../expression/syntax.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import { isSecretPlace } from '../../secrecy.ts';

export const substringRange: Rule = {
  name: 'substring-range',
  severity: 'warning',
  category: 'correctness',
  summary: 'substring() stays inside of its text',
  check: (subject, report) => {
    for (const entry of subject.templates) {
      const { template, text, pointer } = entry;
      if (!template || !/substring/i.test(text) || isSecretPlace(pointer)) continue;
      for (const call of callsIn(template)) {
        if (functionNamed(call.name)?.name !== 'substring') continue;
        const [of, start, length] = call.arguments;
        const [from, count] = [wholeNumber(start), length === undefined ? 0 : wholeNumber(length)];
        const size = of?.kind === 'string' ? of.value.length : undefined;
        const isNegative = (from ?? 0) < 0 || (count ?? 0) < 0;
        const isTooFar = size !== undefined && from !== undefined && count !== undefined && from + count > size;
        if (!isNegative && !isTooFar) continue;
        report({
          pointer,
          part: partIn(entry, call),
          message: isNegative
            ? 'substring() starts at a number below 0, or takes fewer than none: the run fails'
            : `substring() goes past the end of its text of ${size} characters: the run fails`,
          help: 'slice() takes such numbers; or take the smaller one: min(length(text), 9)',
        });
      }
    }
  },
};

function wholeNumber(expression: Expression | undefined): number | undefined {
  return expression?.kind === 'number' ? Number(expression.text) : undefined;
}
