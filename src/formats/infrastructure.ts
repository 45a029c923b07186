import {
  identityParameters,
  tagsParameter,
  textParameter,
  type VaultAccess,
  vaultAccess,
  vaultParameters,
} from './azure-target.ts';
import { callerRanges } from './callers.ts';
import { type ConsumptionTarget, consumptionTarget } from './consumption-target.ts';
import type { WriteInput } from './format.ts';
import { parameterValues } from './parameter-values.ts';
import type { TemplateParameter } from './template-parameter.ts';

/** What ARM and Bicep deploy, decided once for both: which parameters there are, and which of the variants. */
export interface Infrastructure {
  readonly target: ConsumptionTarget;
  /** In the order in which templates declare them. */
  readonly parameters: readonly TemplateParameter[];
  /** Those of them that are handed on to the workflow's parameters of the same name. */
  readonly workflowParameters: readonly string[];
  readonly identity: 'systemAssigned' | 'userAssigned';
  /** How the templates let the identity read the vault; absent where they leave it to others. */
  readonly vaultAccess?: VaultAccess;
  /** IP ranges that may call the trigger; absent where nothing is said of it. */
  readonly callerRanges?: readonly string[];
}

/** What the templates for an environment have in common. Throws a SpecError where the spec lacks what they need. */
export function infrastructure({ spec, environment, workflow }: WriteInput): Infrastructure {
  const target = consumptionTarget(spec, environment);
  const values = parameterValues(spec, environment, workflow);
  const written = environment.targets.consumption ?? {};
  const access = vaultAccess(environment, written);
  const ranges = callerRanges(spec);

  return {
    target,
    identity: target.userAssignedIdentity === undefined ? 'systemAssigned' : 'userAssigned',
    workflowParameters: workflow.parameters.map(({ name }) => name),
    ...(ranges && { callerRanges: ranges }),
    ...(access && { vaultAccess: access }),
    parameters: [
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
      tagsParameter('Tags of the Logic App and its connection', written.tags),
    ],
  };
}
