import type { DeploymentAddress, Template } from '../../azure/deployments.ts';
import type { GeneratedFile } from '../../formats/format.ts';
import type { Environment } from '../../spec/spec.ts';
import type { Place } from './job-types.ts';

/** The longest name that a deployment may have. */
const longestName = 64;

/** Always the same name: a deployment that is under way is found again, and not started twice. */
export function deploymentOf({ subscription, resourceGroup }: Place, name: string): DeploymentAddress {
  return { subscription, resourceGroup, name: `certflow-${name}`.slice(0, longestName) };
}

export function vaultIdOf({ vault }: Environment, { subscription, resourceGroup }: Place): string {
  return `/subscriptions/${vault.subscription ?? subscription}/resourceGroups/${vault.resourceGroup ?? resourceGroup}/providers/Microsoft.KeyVault/vaults/${vault.name}`;
}

export function siteId({ subscription, resourceGroup }: Place, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/sites/${name}`;
}

/** What `generate` is told of the environment. */
export function named({ name }: Environment): { environment?: string } {
  return name === '' ? {} : { environment: name };
}

/** A generated file of JSON, by the end of its path. */
export function jsonOf(files: readonly GeneratedFile[], path: string): unknown {
  return JSON.parse(String(files.find((file) => file.path === path || file.path.endsWith(`/${path}`))?.contents));
}

interface ArmResource {
  readonly type: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
}

export interface ArmTemplate {
  readonly resources: readonly ArmResource[];
}

export function templateOf(files: readonly GeneratedFile[]): { template: ArmTemplate } & Pick<Template, 'parameters'> {
  const { parameters } = jsonOf(files, 'azuredeploy.parameters.json') as Pick<Template, 'parameters'>;
  return { template: jsonOf(files, 'azuredeploy.json') as ArmTemplate, parameters };
}

/** Without the deployment inside it that goes to the vault, and without waiting for it. */
export function withoutVaultAccess({ resources, ...template }: ArmTemplate): ArmTemplate {
  const isAccess = (text: string) => text.includes('-vault-access');
  return {
    ...template,
    resources: resources
      .filter(({ name }) => !isAccess(name))
      .map(({ dependsOn, ...resource }) => ({
        ...resource,
        ...(dependsOn && { dependsOn: dependsOn.filter((one) => !isAccess(one)) }),
      })),
  };
}
