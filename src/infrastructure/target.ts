import { vaultRoles } from '../cloud/roles.ts';
import { lackingInTarget } from '../spec/required.ts';
import type { Environment, Spec, Targets } from '../spec/spec.ts';

/** What the targets in Azure have in common: the keys of which they cannot do without one, and access to the vault. */
type AzureTargets = Pick<Targets, 'consumption' | 'standard' | 'appService'>;
type TargetOf<Name extends keyof AzureTargets> = NonNullable<AzureTargets[Name]>;

/** How an identity is let into the vault. */
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

/** How the identity of a target is let into the vault; undefined where that is left to others, and where there is no vault. */
export function vaultAccess(
  { vault }: Environment,
  { assignVaultRole, role }: { assignVaultRole?: boolean; role?: keyof typeof vaultRoles },
): VaultAccess | undefined {
  if (!vault || assignVaultRole === false) return undefined;
  const { id, name } = vaultRoles[role ?? 'secretsUser'];
  return vault.access === 'policy' ? { kind: 'policy' } : { kind: 'role', roleId: id, roleName: name };
}
