import { needsOf } from '../../spec/needs.ts';
import type { Vault } from '../../spec/spec.ts';
import { parameterValues } from '../../workflow/parameter-values.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import { callerRanges } from '../callers.ts';
import { existingFor, identityOf, identityOutputs, identityParameters, madeFor } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import { keyVaultConnectionProperties, keyVaultConnector } from '../key-vault-connection.ts';
import type { Identity, Infrastructure, Module, Parameter, Resource } from '../model.ts';
import { tagsParameter, textParameter, vaultParameters, workflowParameters } from '../parameters.ts';
import { principalOf } from '../references.ts';
import { type VaultAccess, vaultAccess } from '../target.ts';
import { Computed, idOf, parameter, type Value } from '../value.ts';
import { vaultAccessModule } from '../vault-access.ts';
import { type ConsumptionPlace, consumptionPlace } from './place.ts';

/** What a Logic App (Consumption) needs in Azure, but for a certificate and permissions of APIs. */
export interface ConsumptionInfrastructure extends Infrastructure {
  readonly target: ConsumptionPlace;
  /** The connection to the vault, and what the workflow is told of it; absent where there is no vault. */
  readonly connection?: { readonly resource: Resource; readonly reference: Value };
  readonly workflow: Resource;
  /** Names of the parameters that are handed on to the workflow's of the same name. */
  readonly workflowParameters: readonly string[];
  /** The vault that the workflow reads. */
  readonly vault?: Vault;
  /** Lets the identity read the vault; absent where that is left to others. */
  readonly vaultAccess?: { readonly how: VaultAccess; readonly module: Module };
}

/** Throws a SpecError where the spec lacks what a Logic App (Consumption) needs. */
export function consumptionInfrastructure(input: InfrastructureInput): ConsumptionInfrastructure {
  const target = consumptionPlace(input.spec, input.environment);
  const access = vaultAccess(input.environment, input.environment.targets.consumption ?? {});
  const identity = identityOf(target, { location: parameter('location'), tags: parameter('tags') });
  const { vault } = input.environment;
  const reads = vault !== undefined;
  const workflow = workflowResource(input, identity, reads);
  const principal = principalOf(workflow);
  const module = access && vaultAccessModule(access, { name: parameter('logicAppName'), principal });
  return {
    target,
    ...(vault && { vault }),
    ...(reads && { connection: { resource: connection, reference: connectionReference } }),
    workflow,
    workflowParameters: input.workflow.parameters.map(({ name }) => name),
    ...(access && module && { vaultAccess: { how: access, module } }),
    parameters: parametersOf(input, target, access),
    existing: existingFor(identity),
    deployed: [...madeFor(identity), ...(reads ? [connection] : []), workflow, ...(module ? [module] : [])],
    outputs: {
      workflowId: idOf(workflow),
      ...(reads && { connectionId: idOf(connection) }),
      principalId: principal,
      ...(needsOf(input.spec).identity && identityOutputs(identity)),
    },
  };
}

function parametersOf(
  { spec, environment, workflow }: InfrastructureInput,
  target: ConsumptionPlace,
  access: VaultAccess | undefined,
): Parameter[] {
  const values = parameterValues(spec, environment, workflow);
  const { connectionName } = target;
  const identity = identityParameters(environment, target);
  return [
    textParameter('logicAppName', 'Name of the Logic App', workflow.name),
    textParameter(
      'location',
      `Region of the Logic App${connectionName === undefined ? '' : ' and its connection'}`,
      target.location,
    ),
    {
      name: 'state',
      type: 'string',
      description:
        connectionName === undefined
          ? 'Whether the workflow runs. Deploy it as Disabled first where it must not run before its identity has its permissions'
          : 'Whether the workflow runs. Deploy it as Disabled first where it must not run before its identity may read the vault',
      default: 'Enabled',
      allowed: ['Enabled', 'Disabled'],
    },
    ...(connectionName === undefined
      ? []
      : [textParameter('connectionName', 'Name of the Key Vault connection', connectionName)]),
    ...vaultParameters(environment, target, access),
    ...identity,
    ...workflowParameters(workflow, values, identity),
    tagsParameter(
      connectionName === undefined ? 'Tags of what is made' : 'Tags of the Logic App and its connection',
      environment.targets.consumption?.tags,
    ),
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
function workflowResource({ spec, workflow, definition }: InfrastructureInput, identity: Identity, reads: boolean): Resource {
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
        parameters: {
          ...(reads && { $connections: { value: { [connectionKey(workflow)]: usedConnection(identity) } } }),
          ...Object.fromEntries(values),
        },
        ...(accessControl && { accessControl }),
      },
    },
    identity,
  };
}

/** The key by which the workflow knows the connection. */
export function connectionKey({ secretStep }: Workflow): string {
  return secretStep?.connection ?? 'keyvault';
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
