import { isGroup } from '../../../definition/walk.ts';
import { suggest } from '../../../diagnostics/words.ts';
import type { Rule } from '../../rule.ts';

export const unknownParameter: Rule = {
  name: 'unknown-parameter',
  severity: 'error',
  category: 'correctness',
  summary: 'Every parameter that an expression uses is declared',
  check: ({ definition, surroundings, templates }, report) => {
    // A Standard app's parameters.json declares them for all of its workflows.
    const declared = [definition.parameters, surroundings.host === 'standard' ? surroundings.parameters : undefined].flatMap(
      (group) => (isGroup(group) ? Object.keys(group) : []),
    );
    if (surroundings.host === 'standard' && surroundings.parameters === undefined) return;
    const known = new Set(declared.map((name) => name.toLowerCase()));
    for (const { references, pointer } of templates) {
      for (const { kind, name, start, end } of references) {
        if (kind !== 'parameter' || name === undefined || known.has(name.toLowerCase())) continue;
        const help = declared.length === 0 ? 'declare it under parameters' : suggest(name, declared, 'declared');
        report({ pointer, part: { start, end }, message: `there is no parameter "${name}"`, help });
      }
    }
  },
};
