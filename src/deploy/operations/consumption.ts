import { flatten } from '../../azure/answer.ts';
import type { Azure } from '../../azure/azure.ts';
import { findResource } from '../../azure/resources.ts';
import {
  type DeployedWorkflow,
  enableWorkflow,
  findWorkflow,
  validateWorkflow,
  type WorkflowBody,
} from '../../azure/workflows.ts';
import { resolve } from '../../infrastructure/resolve.ts';
import { parameter } from '../../infrastructure/value.ts';
import { isObject } from '../../json/json.ts';
import { troubleIn } from '../../troubles/find.ts';
import type { Plan } from '../plan.ts';
import { type Proof, proofOfAccess } from '../prove.ts';
import { proofOfSecrecy } from '../prove-secrecy.ts';
import type { ConsumptionTarget } from '../targets/target.ts';
import type { TargetOperations } from './operations.ts';

export const connectionApiVersion = '2016-06-01';

/** Logic Apps (Consumption): the workflow is a resource of the template. One that starts by itself waits for its access, disabled. */
export function consumptionOperations(azure: Azure, target: ConsumptionTarget): TargetOperations {
  const waits = ({ access }: Plan) => target.startsByItself && access.state !== 'held';
  return {
    findIdentities: () => findWorkflow(azure, target.workflow),
    validate: () => validateWorkflow(azure, target.workflow, workflowBody(target)),
    look: async () => [],
    prepare: async () => {},
    state: (plan) => (waits(plan) ? 'Disabled' : 'Enabled'),
    finish: async (plan, tell, mayRead) => {
      if (!waits(plan) || !mayRead) return;
      await enableWorkflow(azure, target.workflow);
      tell(`Microsoft.Logic/workflows ${target.workflow.name}`, 'Enabled');
    },
    unfinished: (plan) =>
      waits(plan)
        ? 'Everything is deployed; the Logic App stays disabled until its identity is seen to have access to the vault.'
        : 'Everything is deployed; whether the identity may read the vault has not been seen yet.',
    prove: async () => {
      const workflow = await findWorkflow(azure, target.workflow);
      return [
        proofOfWorkflow(target, workflow),
        await proofOfConnection(azure, target),
        await proofOfAccess(azure, target, workflow),
        ...(workflow ? [proofOfSecrecy(target.definition, workflow.definition)] : []),
      ];
    },
  };
}

/** The workflow as Microsoft.Logic takes it straight; without the identity, which nothing has before it is deployed. */
function workflowBody({ infrastructure, known, place, definition }: ConsumptionTarget): WorkflowBody {
  const { connectionReference, workflowParameters } = infrastructure;
  const values = workflowParameters.map((name) => [name, { value: resolve(parameter(name), known) }] as const);
  return {
    location: place.location,
    definition,
    parameters: { $connections: { value: { keyvault: resolve(connectionReference, known) } }, ...Object.fromEntries(values) },
  };
}

function proofOfWorkflow(
  { workflow: { name, resourceGroup } }: ConsumptionTarget,
  workflow: DeployedWorkflow | undefined,
): Proof {
  const what = 'Logic App';
  if (!workflow)
    return { what, result: 'does not hold', found: `${name} is not in ${resourceGroup}`, cure: 'Deploy it: certflow deploy.' };
  if (workflow.state === 'Enabled') return { what, result: 'holds', found: `${name} is enabled` };
  return {
    what,
    result: 'does not hold',
    found: `${name} is ${workflow.state.toLowerCase()}`,
    cure: 'Run "certflow deploy" again: it enables the Logic App as soon as its identity may read the vault.',
  };
}

async function proofOfConnection(azure: Azure, { connectionId, place }: ConsumptionTarget): Promise<Proof> {
  const what = 'connection';
  const name = place.connectionName;
  const connection = await findResource(azure, connectionId, connectionApiVersion, `the connection ${name}`);
  if (!connection) return { what, result: 'does not hold', found: `${name} is not there`, cure: 'Deploy it: certflow deploy.' };
  const { statuses, overallStatus } = connection.properties;
  const all = Array.isArray(statuses) ? statuses.filter(isObject) : [];
  const bad = all.find(({ status }) => !/^(Ready|Connected)$/i.test(String(status)));
  if (!bad && (all.length > 0 || /^(Ready|Connected)$/i.test(String(overallStatus))))
    return { what, result: 'holds', found: `${name} is ready` };
  if (!bad) return { what, result: 'cannot tell', found: `${name} says nothing of its state` };
  const [cause] = flatten(bad.error);
  const text = [cause?.code, cause?.message].filter(Boolean).join(': ');
  return {
    what,
    result: 'does not hold',
    found: `${name} is not ready${text === '' ? '' : ` (${text})`}`,
    cure:
      troubleIn(text)?.cure ??
      'Deploy again; or delete the connection and deploy again, where somebody has changed how it signs in.',
  };
}
