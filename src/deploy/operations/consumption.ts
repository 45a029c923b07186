import type { Azure } from '../../azure/azure.ts';
import { enableWorkflow, findWorkflow, validateWorkflow, type WorkflowBody } from '../../azure/workflows.ts';
import { resolve } from '../../infrastructure/resolve.ts';
import { type Plan, staysDisabled } from '../plan.ts';
import type { ConsumptionTarget } from '../targets/target.ts';
import { connectionChanges } from './connection-change.ts';
import { consumptionLinks, workflowValues } from './consumption-links.ts';
import type { TargetOperations } from './operations.ts';

/** Logic Apps (Consumption): the workflow is a resource of the template. One that starts by itself waits for its access, disabled. */
export function consumptionOperations(azure: Azure, target: ConsumptionTarget): TargetOperations {
  const waits = (plan: Plan) =>
    staysDisabled(plan) || (target.startsByItself && plan.access !== undefined && plan.access.state !== 'held');
  return {
    findIdentities: () => findWorkflow(azure, target.workflow),
    validate: () => validateWorkflow(azure, target.workflow, workflowBody(target)),
    look: () => connectionChanges(azure, target),
    prepare: async () => {},
    state: (plan) => (waits(plan) ? 'Disabled' : 'Enabled'),
    finish: async (plan, tell, mayRead) => {
      if (!waits(plan) || !mayRead) return;
      if (staysDisabled(plan))
        return tell(`Microsoft.Logic/workflows ${target.workflow.name}`, 'stays disabled until its identity has its permissions');
      await enableWorkflow(azure, target.workflow);
      tell(`Microsoft.Logic/workflows ${target.workflow.name}`, 'Enabled');
    },
    unfinished: (plan) =>
      waits(plan)
        ? 'Everything is deployed; the Logic App stays disabled until its identity is seen to have access to the vault.'
        : 'Everything is deployed; whether the identity may read the vault has not been seen yet.',
    links: (aim) => consumptionLinks(azure, target, aim),
  };
}

/** The workflow as Microsoft.Logic takes it straight; without the identity, which nothing has before it is deployed. */
function workflowBody(target: ConsumptionTarget): WorkflowBody {
  const { infrastructure, known, place, definition } = target;
  const { connection } = infrastructure;
  return {
    location: place.location,
    definition,
    parameters: {
      ...(connection && { $connections: { value: { keyvault: resolve(connection.reference, known) } } }),
      ...workflowValues(target),
    },
  };
}
