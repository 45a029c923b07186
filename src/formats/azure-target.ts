import { vaultRoles } from '../cloud/roles.ts';
import { lackingInTarget } from '../spec/required.ts';
import type { Environment, Spec, Targets } from '../spec/spec.ts';
import type { TemplateParameter } from './template-parameter.ts';

/** What the targets in Azure have in common: the keys of which they cannot do without one, and access to the vault. */
type AzureTargets = Pick<Targets, 'consumption' | 'standard' | 'appService'>;
type TargetOf<Name extends keyof AzureTargets> = NonNullable<AzureTargets[Name]>;

/** How templates let an identity read the vault. */
export type VaultAccess =
  | { readonly kind: 'role'; readonly roleId: string; readonly roleName: string }
  | { readonly kind: 'policy' };

/**
 * A target of an environment, in which the needed keys are there. `needed` says what each is, in words that follow "write".
 * Throws a SpecError that names all that is missing.
 */
export function azureTarget<Name extends keyof AzureTargets, Key extends keyof TargetOf<Name> & string>(
  { spec, environment }: { readonly spec: Spec; readonly environment: Environment },
  name: Name,
  needed: Readonly<Record<Key, string>>,
): TargetOf<Name> & Required<Pick<TargetOf<Name>, Key>> {
  const target = (environment.targets[name] ?? {}) as TargetOf<Name>;
  const isMissing = (key: string) => (target as Readonly<Record<string, unknown>>)[key] === undefined;
  if (Object.keys(needed).some(isMissing)) throw lackingInTarget(spec, environment, name, needed);
  return target as TargetOf<Name> & Required<Pick<TargetOf<Name>, Key>>;
}

/** Resource id of the user-assigned identity of a target; undefined for the system-assigned one. */
export function userAssignedIdentity({ managedIdentity }: { managedIdentity?: string }): string | undefined {
  return managedIdentity === 'systemAssigned' ? undefined : managedIdentity;
}

/** How templates let the identity of a target read the vault; undefined where they leave that to others. */
export function vaultAccess(
  { vault }: Environment,
  { assignVaultRole, role }: { assignVaultRole?: boolean; role?: keyof typeof vaultRoles },
): VaultAccess | undefined {
  if (assignVaultRole === false) return undefined;
  const { id, name } = vaultRoles[role ?? 'secretsUser'];
  return vault.access === 'policy' ? { kind: 'policy' } : { kind: 'role', roleId: id, roleName: name };
}

/** The parameters that say where the vault is; its group and subscription only where something is deployed there. */
export function vaultParameters(
  { vault }: Environment,
  target: { readonly subscription: string; readonly resourceGroup: string },
  access: VaultAccess | undefined,
): TemplateParameter[] {
  return [
    textParameter('keyVaultName', 'Name of the key vault with the certificate', vault.name),
    ...(access
      ? [
          textParameter('keyVaultResourceGroup', 'Resource group of the key vault', vault.resourceGroup ?? target.resourceGroup),
          textParameter(
            'keyVaultSubscription',
            'Id of the subscription of the key vault',
            vault.subscription ?? target.subscription,
          ),
        ]
      : []),
  ];
}

/** The parameter with the user-assigned identity, where there is one. */
export function identityParameters(identity: string | undefined): TemplateParameter[] {
  return identity === undefined
    ? []
    : [textParameter('userAssignedIdentity', 'Resource id of the identity that reads the vault', identity)];
}

/** The parameter with the tags of all that a template makes. */
export function tagsParameter(description: string, tags: Readonly<Record<string, string>> = {}): TemplateParameter {
  return {
    name: 'tags',
    type: 'object',
    description,
    default: {},
    ...(Object.keys(tags).length > 0 ? { value: { ...tags } } : {}),
  };
}

export function textParameter(name: string, description: string, value: string): TemplateParameter {
  return { name, type: 'string', description, value };
}
