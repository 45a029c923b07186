import { limits as most } from '../../../definition/limits.ts';
import { isGroup } from '../../../definition/walk.ts';
import { pointerStep } from '../../../diagnostics/pointer.ts';
import { expressionsOf } from '../../../expression/references.ts';
import type { Rule } from '../../rule.ts';

export const limits: Rule = {
  name: 'limits',
  severity: 'error',
  category: 'correctness',
  summary: 'Nothing is longer, deeper or more than the service takes',
  check: (subject, report) => {
    const { definition, actions, triggers, templates, surroundings } = subject;
    const count = (pointer: string, what: string, found: number, limit: number) => {
      if (found > limit) report({ pointer, part: 'key', message: `${what}: ${found}, and the service takes ${limit} at most` });
    };
    const size = (group: unknown) => (isGroup(group) ? Object.keys(group).length : 0);

    count('/actions', 'actions in all', actions.length, most.actions);
    count('/outputs', 'outputs', size(definition.outputs), most.outputs);
    count(
      '/parameters',
      'parameters',
      size(definition.parameters),
      surroundings.host === 'consumption' ? most.parametersConsumption : most.parameters,
    );
    count('/triggers', 'triggers', triggers.length, surroundings.host === 'standard' ? most.triggersStandard : most.triggers);
    for (const { name, pointer, depth } of actions) {
      count(pointer, 'characters in the name', name.length, most.name);
      if (depth === most.depth + 1) count(pointer, 'levels of nested actions', depth, most.depth);
    }
    for (const { name, pointer } of triggers) count(pointer, 'characters in the name', name.length, most.name);
    for (const [pointer, described] of [
      ['', definition],
      ...actions.map(({ pointer, action }) => [pointer, action] as const),
    ] as const) {
      if (typeof described.description === 'string')
        count(`${pointer}/description`, 'characters in the description', described.description.length, most.description);
    }
    for (const { template, pointer } of templates) {
      for (const { start, end } of template ? expressionsOf(template) : []) {
        if (end - start > most.expression)
          report({
            pointer,
            part: { start, end },
            message: `characters in the expression: ${end - start}, and the service takes ${most.expression} at most`,
          });
      }
    }
    for (const { action, type, pointer } of actions) {
      if (type.toLowerCase() === 'switch') count(pointer + pointerStep('cases'), 'cases', size(action.cases), most.cases);
    }
  },
};
