import type { DeploymentAddress, Template } from '../azure/deployments.ts';
import type { WorkflowAddress } from '../azure/workflows.ts';
import type { Definition } from '../definition/definition.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type VaultAccess as GivenAccess, vaultAccess } from '../formats/azure-target.ts';
import { type ConsumptionTarget, consumptionTarget } from '../formats/consumption-target.ts';
import { generate } from '../generate.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import type { Environment, Spec } from '../spec/spec.ts';

/** One workflow to deploy: a spec in one of its environments. */
export interface Job {
  readonly spec: Spec;
  readonly environment: Environment;
  readonly target: ConsumptionTarget;
  readonly deployment: DeploymentAddress;
  readonly workflow: WorkflowAddress;
  readonly connectionId: string;
  readonly vaultId: string;
  /** How the template lets the identity read the vault: by a role, by an access policy; absent where that is left to others. */
  readonly vaultAccess?: GivenAccess;
  /** The definition, without what an ARM template escapes in it. */
  readonly definition: Definition;
  /** Whether it runs as soon as it is enabled. */
  readonly startsByItself: boolean;
  /** Requests that may change something: neither GET nor HEAD. As `POST Send order`. */
  readonly changingRequests: readonly string[];
  /**
   * Template and values. `state` is that of the workflow. `givesAccess`: with the part that lets the identity read the vault; what it
   * holds already is not given again, for Azure refuses the same role under another name (RoleAssignmentExists).
   */
  readonly template: (options: { readonly state: 'Enabled' | 'Disabled'; readonly givesAccess: boolean }) => Template;
  /** What is worth a look though it does not stand in the way. */
  readonly notes: readonly Diagnostic[];
}

/** The longest name that a deployment may have. */
const longestName = 64;

/** Makes and checks what is to be deployed. Throws what `generate` throws. */
export function jobOf(spec: Spec, environmentName: string | undefined): Job {
  const notes: Diagnostic[] = [];
  const environment = chooseEnvironment(spec, environmentName);
  const target = consumptionTarget(spec, environment);
  const named = environment.name === '' ? {} : { environment: environment.name };
  const files = [
    ...generate(spec, { ...named, format: 'arm', report: (note) => notes.push(note) }),
    ...generate(spec, { ...named, format: 'definition' }),
  ];
  const json = (path: string) => JSON.parse(String(files.find((file) => file.path === path)?.contents));
  const template = json('azuredeploy.json');
  const { parameters } = json('azuredeploy.parameters.json') as Pick<Template, 'parameters'>;
  const { subscription, resourceGroup } = target;
  const access = vaultAccess(environment, environment.targets.consumption ?? {});
  const vaultGroup = environment.vault.resourceGroup ?? resourceGroup;
  return {
    spec,
    environment,
    target,
    notes,
    // Always the same name: a deployment that is under way is found again, and not started twice.
    deployment: { subscription, resourceGroup, name: `certflow-${spec.name}`.slice(0, longestName) },
    workflow: { subscription, resourceGroup, name: spec.name },
    connectionId: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/connections/${target.connectionName}`,
    vaultId: `/subscriptions/${environment.vault.subscription ?? subscription}/resourceGroups/${vaultGroup}/providers/Microsoft.KeyVault/vaults/${environment.vault.name}`,
    ...(access && { vaultAccess: access }),
    definition: json('definition.json') as Definition,
    startsByItself: spec.trigger.recurrence !== undefined,
    changingRequests: spec.requests
      .filter(({ method }) => !/^(GET|HEAD)$/.test(method))
      .map(({ method, name }) => `${method} ${name}`),
    template: ({ state, givesAccess }) => ({
      template: givesAccess ? template : withoutVaultAccess(template),
      parameters: { ...parameters, state: { value: state } },
    }),
  };
}

/** Without the deployment inside it, which goes to the vault. */
function withoutVaultAccess(template: { readonly resources: readonly { readonly type: string }[] }): object {
  return { ...template, resources: template.resources.filter(({ type }) => type !== 'Microsoft.Resources/deployments') };
}

/** What messages call a job: `hr-lists in prod`. */
export function nameOf({ spec, environment }: Job): string {
  return environment.name === '' ? spec.name : `${spec.name} in ${environment.name}`;
}
