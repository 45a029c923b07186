import type { Definition } from '../../definition/definition.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { vaultAccess } from '../../formats/azure-target.ts';
import { consumptionTarget } from '../../formats/consumption-target.ts';
import { generate } from '../../generate.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { ConsumptionJob } from './job-types.ts';
import { deploymentOf, jsonOf, named, templateOf, vaultIdOf, withoutVaultAccess } from './parts.ts';

/** Sources: Microsoft's lists of operations of the resource providers. */
const rights = [
  'Microsoft.Logic/workflows/write',
  'Microsoft.Logic/workflows/read',
  'Microsoft.Web/connections/write',
  'Microsoft.Web/connections/read',
  'Microsoft.Web/connections/join/action',
];

/** Makes and checks a workflow for Logic Apps (Consumption). Throws what `generate` throws. */
export function consumptionJobOf(spec: Spec, environment: Environment): ConsumptionJob {
  const notes: Diagnostic[] = [];
  const target = consumptionTarget(spec, environment);
  const options = named(environment);
  const files = generate(spec, { ...options, format: 'arm', report: (note) => notes.push(note) });
  const { template, parameters } = templateOf(files);
  const { subscription, resourceGroup, connectionName } = target;
  const access = vaultAccess(environment, environment.targets.consumption ?? {});
  const startsByItself = spec.trigger.recurrence !== undefined;
  return {
    spec,
    environment,
    targetName: 'consumption',
    target,
    notes,
    deployment: deploymentOf(target, spec.name),
    workflow: { subscription, resourceGroup, name: spec.name },
    connectionId: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/connections/${connectionName}`,
    vaultId: vaultIdOf(environment, target),
    ...(access && { vaultAccess: access }),
    definition: jsonOf(generate(spec, { ...options, format: 'definition' }), 'definition.json') as Definition,
    startsByItself,
    changingRequests: spec.requests
      .filter(({ method }) => !/^(GET|HEAD)$/.test(method))
      .map(({ method, name }) => `${method} ${name}`),
    made: [
      { what: 'Key Vault connection', name: connectionName },
      { what: 'Logic App', name: spec.name },
    ],
    rights: [...rights, ...(startsByItself ? ['Microsoft.Logic/workflows/enable/action'] : [])],
    role: 'Logic App Contributor',
    template: ({ state, givesAccess }) => ({
      template: givesAccess ? template : withoutVaultAccess(template),
      parameters: { ...parameters, state: { value: state } },
    }),
  };
}
