import type { Rule } from '../../rule.ts';

export const expressionSyntax: Rule = {
  name: 'expression-syntax',
  severity: 'error',
  category: 'correctness',
  summary: 'Every expression follows the grammar of the Workflow Definition Language',
  check: ({ templates }, report) => {
    for (const { error, pointer } of templates) {
      if (!error) continue;
      const { message, offset, end, help } = error;
      report({
        pointer,
        part: { start: offset, end: Math.max(end, offset + 1) },
        message,
        ...(help === undefined ? {} : { help }),
      });
    }
  },
};
