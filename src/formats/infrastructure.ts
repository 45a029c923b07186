import type { Json } from '../definition/definition.ts';
import { type ConsumptionTarget, consumptionTarget } from './consumption-target.ts';
import type { WriteInput } from './format.ts';
import { parameterValues } from './parameter-values.ts';

/** What ARM and Bicep deploy, decided once for both: which parameters there are, and which of the variants. */
export interface Infrastructure {
  readonly target: ConsumptionTarget;
  /** In the order in which templates declare them. */
  readonly parameters: readonly TemplateParameter[];
  /** Those of them that are handed on to the workflow's parameters of the same name. */
  readonly workflowParameters: readonly string[];
  readonly identity: 'systemAssigned' | 'userAssigned';
  /** How the templates let the identity read the vault; absent where they leave it to others. */
  readonly vaultAccess?:
    | { readonly kind: 'role'; readonly roleId: string; readonly roleName: string }
    | { readonly kind: 'policy' };
  /** IP ranges that may call an HTTP trigger; absent where nothing is said of it. */
  readonly callerRanges?: readonly string[];
}

export interface TemplateParameter {
  readonly name: string;
  readonly type: 'string' | 'object';
  readonly description: string;
  readonly default?: Json;
  readonly allowed?: readonly string[];
  /** Its value in this environment; absent where the default will do. */
  readonly value?: Json;
}

/** What the templates for an environment have in common. Throws a SpecError where the spec lacks what they need. */
export function infrastructure({ spec, environment, workflow }: WriteInput): Infrastructure {
  const target = consumptionTarget(spec, environment);
  const values = parameterValues(spec, environment, workflow);
  const { vault } = environment;
  const identity = target.userAssignedIdentity === undefined ? 'systemAssigned' : 'userAssigned';
  const callerRanges = spec.trigger.request?.callers?.ipRanges;
  const text = (name: string, description: string, value: string): TemplateParameter => ({
    name,
    type: 'string',
    description,
    value,
  });

  return {
    target,
    identity,
    workflowParameters: workflow.parameters.map(({ name }) => name),
    ...(callerRanges && { callerRanges }),
    ...(target.assignedRole && {
      vaultAccess:
        vault.access === 'policy'
          ? { kind: 'policy' }
          : { kind: 'role', roleId: target.assignedRole.id, roleName: target.assignedRole.name },
    }),
    parameters: [
      text('logicAppName', 'Name of the Logic App', workflow.name),
      text('location', 'Region of the Logic App and its connection', target.location),
      {
        name: 'state',
        type: 'string',
        description:
          'Whether the workflow runs. Deploy it as Disabled first where it must not run before its identity may read the vault',
        default: 'Enabled',
        allowed: ['Enabled', 'Disabled'],
      },
      text('connectionName', 'Name of the Key Vault connection', target.connectionName),
      text('keyVaultName', 'Name of the key vault with the certificate', vault.name),
      ...(target.assignedRole
        ? [
            text('keyVaultResourceGroup', 'Resource group of the key vault', vault.resourceGroup ?? target.resourceGroup),
            text('keyVaultSubscription', 'Id of the subscription of the key vault', vault.subscription ?? target.subscription),
          ]
        : []),
      ...(target.userAssignedIdentity === undefined
        ? []
        : [text('userAssignedIdentity', 'Resource id of the identity that reads the vault', target.userAssignedIdentity)]),
      ...workflow.parameters.map(({ name, meaning }) => text(name, meaning, values[name] ?? '')),
      {
        name: 'tags',
        type: 'object',
        description: 'Tags of the Logic App and its connection',
        default: {},
        ...(Object.keys(target.tags).length > 0 ? { value: { ...target.tags } } : {}),
      },
    ],
  };
}
