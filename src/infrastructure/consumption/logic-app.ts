import { parameterValues } from '../../workflow/parameter-values.ts';
import { callerRanges } from '../callers.ts';
import { existingFor, identityOf } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import { keyVaultConnectionProperties, keyVaultConnector } from '../key-vault-connection.ts';
import type { Identity, Infrastructure, Module, Parameter, Resource } from '../model.ts';
import { identityParameters, tagsParameter, textParameter, vaultParameters } from '../parameters.ts';
import { principalOf } from '../references.ts';
import { type VaultAccess, vaultAccess } from '../target.ts';
import { Computed, idOf, parameter, type Value } from '../value.ts';
import { vaultAccessModule } from '../vault-access.ts';
import { type ConsumptionPlace, consumptionPlace } from './place.ts';

/** What a Logic App (Consumption) needs in Azure but the certificate itself. */
export interface ConsumptionInfrastructure extends Infrastructure {
  readonly target: ConsumptionPlace;
  readonly connection: Resource;
  readonly workflow: Resource;
  /** What the workflow is told of the connection. */
  readonly connectionReference: Value;
  /** Names of the parameters that are handed on to the workflow's of the same name. */
  readonly workflowParameters: readonly string[];
  /** Lets the identity read the vault; absent where that is left to others. */
  readonly vaultAccess?: { readonly how: VaultAccess; readonly module: Module };
}

/** Throws a SpecError where the spec lacks what a Logic App (Consumption) needs. */
export function consumptionInfrastructure(input: InfrastructureInput): ConsumptionInfrastructure {
  const target = consumptionPlace(input.spec, input.environment);
  const access = vaultAccess(input.environment, input.environment.targets.consumption ?? {});
  const identity = identityOf(target);
  const workflow = workflowResource(input, identity);
  const principal = principalOf(workflow);
  const module = access && vaultAccessModule(access, { name: parameter('logicAppName'), principal });
  return {
    target,
    connection,
    workflow,
    connectionReference,
    workflowParameters: input.workflow.parameters.map(({ name }) => name),
    ...(access && module && { vaultAccess: { how: access, module } }),
    parameters: parametersOf(input, target, access),
    existing: existingFor(identity),
    deployed: [connection, workflow, ...(module ? [module] : [])],
    outputs: { workflowId: idOf(workflow), connectionId: idOf(connection), principalId: principal },
  };
}

function parametersOf(
  { spec, environment, workflow }: InfrastructureInput,
  target: ConsumptionPlace,
  access: VaultAccess | undefined,
): Parameter[] {
  const values = parameterValues(spec, environment, workflow);
  return [
    textParameter('logicAppName', 'Name of the Logic App', workflow.name),
    textParameter('location', 'Region of the Logic App and its connection', target.location),
    {
      name: 'state',
      type: 'string',
      description:
        'Whether the workflow runs. Deploy it as Disabled first where it must not run before its identity may read the vault',
      default: 'Enabled',
      allowed: ['Enabled', 'Disabled'],
    },
    textParameter('connectionName', 'Name of the Key Vault connection', target.connectionName),
    ...vaultParameters(environment, target, access),
    ...identityParameters(target.userAssignedIdentity),
    ...workflow.parameters.map(({ name, meaning }) => textParameter(name, meaning, values[name] ?? '')),
    tagsParameter('Tags of the Logic App and its connection', environment.targets.consumption?.tags),
  ];
}

const connection: Resource = {
  kind: 'resource',
  symbol: 'connection',
  type: 'Microsoft.Web/connections',
  name: parameter('connectionName'),
  members: {
    location: parameter('location'),
    kind: 'V1',
    tags: parameter('tags'),
    properties: keyVaultConnectionProperties,
  },
};

/** Shape: docs/facts/resource-manager.md. */
function workflowResource({ spec, workflow, definition }: InfrastructureInput, identity: Identity): Resource {
  const values = workflow.parameters.map(({ name }): [string, Value] => [name, { value: parameter(name) }]);
  const accessControl = callersOf(callerRanges(spec));
  return {
    kind: 'resource',
    symbol: 'workflow',
    type: 'Microsoft.Logic/workflows',
    name: parameter('logicAppName'),
    members: {
      location: parameter('location'),
      tags: parameter('tags'),
      properties: {
        state: parameter('state'),
        definition: new Computed({ kind: 'document', path: 'definition.json', json: definition }),
        parameters: { $connections: { value: { keyvault: usedConnection(identity) } }, ...Object.fromEntries(values) },
        ...(accessControl && { accessControl }),
      },
    },
    identity,
  };
}

const connectionReference = {
  id: keyVaultConnector,
  connectionId: idOf(connection),
  connectionName: parameter('connectionName'),
};

/** The connection as the workflow uses it, with its own identity. */
function usedConnection(identity: Identity): Value {
  const which = identity.kind === 'userAssigned' ? { identity: parameter('userAssignedIdentity') } : {};
  return { ...connectionReference, connectionProperties: { authentication: { type: 'ManagedServiceIdentity', ...which } } };
}

/** Who may call the trigger. An empty list says something too: other Logic Apps only. */
function callersOf(ipRanges: readonly string[] | undefined): Value | undefined {
  return ipRanges && { triggers: { allowedCallerIpAddresses: ipRanges.map((addressRange) => ({ addressRange })) } };
}
