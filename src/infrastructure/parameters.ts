import type { Environment } from '../spec/spec.ts';
import type { Workflow } from '../workflow/workflow.ts';
import type { Parameter } from './model.ts';
import type { VaultAccess } from './target.ts';

export function textParameter(name: string, description: string, value: string): Parameter {
  return { name, type: 'string', description, value };
}

/** The parameters that say where the vault is, where there is one; its group and subscription only where something is deployed there. */
export function vaultParameters(
  { vault }: Environment,
  target: { readonly subscription: string; readonly resourceGroup: string },
  access: VaultAccess | undefined,
): Parameter[] {
  if (!vault) return [];
  const name = textParameter('keyVaultName', 'Name of the key vault with the certificate', vault.name);
  if (!access) return [name];
  const { resourceGroup = target.resourceGroup, subscription = target.subscription } = vault;
  return [
    name,
    textParameter('keyVaultResourceGroup', 'Resource group of the key vault', resourceGroup),
    textParameter('keyVaultSubscription', 'Id of the subscription of the key vault', subscription),
  ];
}

/** The parameter with the tags of all that is made. */
export function tagsParameter(description: string, tags: Readonly<Record<string, string>> = {}): Parameter {
  return {
    name: 'tags',
    type: 'object',
    description,
    default: {},
    ...(Object.keys(tags).length > 0 ? { value: { ...tags } } : {}),
  };
}

/** Parameters of a workflow that what deploys it has not declared yet. */
export function workflowParameters(
  { parameters }: Workflow,
  values: Readonly<Record<string, string>>,
  declared: readonly Parameter[],
): Parameter[] {
  return parameters
    .filter(({ name }) => !declared.some((one) => one.name === name))
    .map(({ name, meaning }) => textParameter(name, meaning, values[name] ?? ''));
}
