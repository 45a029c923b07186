import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';

export const workflowId: Rule = {
  name: 'workflow-id',
  severity: 'error',
  category: 'correctness',
  summary: 'In Consumption, the workflow that another one calls is named by its resource id, written out',
  check: (subject, report) => {
    if (subject.surroundings.host !== 'consumption') return;
    for (const { node: action, name, pointer } of subject.actionsOfType('workflow')) {
      const id = member(action, 'inputs', 'host', 'workflow', 'id');
      if (
        typeof id !== 'string' ||
        subject.isArmExpression(id) ||
        isPlaceholder(id) ||
        /^\/(subscriptions|providers)\//i.test(id)
      )
        continue;
      report({
        pointer: `${pointer}/inputs/host/workflow/id`,
        message: subject.isComputed(id)
          ? `"${name}" calls a workflow whose id is an expression, and the service looks at the id when it saves`
          : `"${name}" calls a workflow by something that is no resource id`,
        help: 'write the full id: /subscriptions/…/providers/Microsoft.Logic/workflows/…; in a template, let ARM put it there',
      });
    }
  },
};
