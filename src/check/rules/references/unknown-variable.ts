import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { hasOpenActions } from '../../open-actions.ts';
import type { Rule } from '../../rule.ts';
import { suggestName } from '../../words.ts';

export const unknownVariable: Rule = {
  name: 'unknown-variable',
  severity: 'error',
  category: 'correctness',
  summary: 'Every variable that is read or changed is initialized somewhere',
  check: (subject, report) => {
    const names = subject.variables.map(({ name }) => name);
    // One with a computed name could be any.
    if (names.some((name) => subject.isComputed(name)) || hasOpenActions(subject)) return;
    const known = new Set(names.map((name) => name.toLowerCase()));
    for (const { name, pointer, part } of subject.variableUses) {
      if (known.has(name.toLowerCase()) || isPlaceholder(name)) continue;
      report({
        pointer,
        part,
        message: `no action initializes a variable "${name}"`,
        ...suggestName(name, names, 'variables'),
        ...(names.length === 0 && { help: 'initialize it with an InitializeVariable action at the top of the workflow' }),
      });
    }
  },
};
