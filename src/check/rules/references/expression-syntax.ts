import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import { isSecretPlace } from '../../secrecy.ts';
import { lowerFirst } from '../../words.ts';

export const expressionSyntax: Rule = {
  name: 'expression-syntax',
  severity: 'error',
  category: 'correctness',
  summary: 'Every expression follows the grammar of the Workflow Definition Language',
  check: ({ templates }, report) => {
    for (const entry of templates) {
      const { error, pointer } = entry;
      if (!error) continue;
      const { message, offset, end, help } = error;
      const place = { pointer, part: partIn(entry, { start: offset, end: Math.max(end, offset + 1) }) };
      // A password that begins with @ ends up here.
      if (isSecretPlace(pointer))
        report({
          ...place,
          message: 'this is read as an expression, and does not parse as one',
          help: 'where a text begins with @, write @@',
        });
      else report({ ...place, message: lowerFirst(message), help: help && lowerFirst(help) });
    }
  },
};
