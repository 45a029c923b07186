import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { isObject } from '../../../json/json.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import { suggestName } from '../../words.ts';

export const unknownParameter: Rule = {
  name: 'unknown-parameter',
  severity: 'error',
  category: 'correctness',
  summary: 'Every parameter that an expression uses is declared',
  check: (subject, report) => {
    const { definition, surroundings } = subject;
    const { host, parameters } = surroundings;
    // Worked out when the template is deployed: all that is used may be among them.
    if (subject.isArmExpression(definition.parameters)) return;
    // A Standard app's parameters.json declares them for all of its workflows; a lone workflow tells nothing of it.
    const isApp = host === 'standard' || host === undefined;
    if (isApp && parameters === undefined && (host === 'standard' || definition.parameters === undefined)) return;
    const declared = [definition.parameters, isApp ? parameters : undefined].flatMap((group) =>
      isObject(group) ? Object.keys(group) : [],
    );
    const known = new Set(declared.map((name) => name.toLowerCase()));
    for (const { entry, reference } of subject.references('parameter')) {
      const { name } = reference;
      if (name === undefined || known.has(name.toLowerCase()) || isPlaceholder(name)) continue;
      report({
        pointer: entry.pointer,
        part: partIn(entry, reference),
        message: `there is no parameter "${name}"`,
        ...suggestName(name, declared, 'declared'),
        ...(declared.length === 0 && { help: 'declare it under parameters' }),
        // Standard saves it, and the run fails; templates for Consumption with this mistake are published.
        ...(host === 'power-automate' ? {} : { severity: 'warning' }),
      });
    }
  },
};
