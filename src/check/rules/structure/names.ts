import { isObject } from '../../../json/json.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

/**
 * In Standard only: templates for Consumption and flows with blanks in the names of parameters are deployed every day.
 * Source: the service's own message (Azure/logicapps#471). `$connections` and `$authentication` are the service's own.
 */
const parameterName = /^\$?[\p{L}\p{Nd}()._-]+$/u;

export const names: Rule = {
  name: 'names',
  severity: 'error',
  category: 'correctness',
  summary: 'Names of actions and parameters are ones that the service takes, and no two actions share one',
  check: ({ definition, surroundings, actions }, report) => {
    if (surroundings.host === 'standard') {
      for (const [group, place] of [
        [definition.parameters, undefined],
        [surroundings.parameters, 'parameters'],
      ] as const) {
        for (const name of isObject(group) ? Object.keys(group) : []) {
          if (parameterName.test(name)) continue;
          report({
            pointer: (place ? '' : '/parameters') + pointerStep(name),
            ...(place && { in: place }),
            part: 'key',
            message: `"${name}" cannot be the name of a parameter`,
            help: "use letters, digits, '-', '.', '(', ')' and '_'",
          });
        }
      }
    }
    const taken = new Map<string, string>();
    for (const { name, nameWord, pointer } of actions) {
      if (name.endsWith('.'))
        report({
          pointer,
          part: 'key',
          message: `"${name}" cannot be the name of an action: it ends in a period`,
          help: 'take the period off',
        });
      const other = taken.get(nameWord);
      if (other !== undefined) {
        const message =
          other === name
            ? `there is another action "${name}"`
            : `"${name}" and "${other}" are the same name: case does not count`;
        const help = 'names are unique in the whole workflow, whatever the actions stand in';
        report({ pointer, part: 'key', message, about: { found: name, others: [other] }, help });
      }
      taken.set(nameWord, name);
    }
  },
};
