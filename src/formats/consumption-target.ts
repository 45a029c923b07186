import { vaultRoles } from '../cloud/roles.ts';
import { lackingInTarget } from '../spec/required.ts';
import type { Environment, Spec, Targets } from '../spec/spec.ts';

/** Where a Logic App (Consumption) goes, with every default filled in. */
export interface ConsumptionTarget {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly connectionName: string;
  /** Resource id of the user-assigned identity; absent for the system-assigned one. */
  readonly userAssignedIdentity?: string;
  /** The role that templates give the identity on the vault; absent where they leave that to others. */
  readonly assignedRole?: (typeof vaultRoles)[keyof typeof vaultRoles];
  readonly tags: Readonly<Record<string, string>>;
}

const needed = {
  subscription: 'the id of the Azure subscription',
  resourceGroup: 'the resource group of the Logic App',
  location: 'the region, such as westeurope',
} as const;

/** The target of an environment. Throws a SpecError that names all that is missing. */
export function consumptionTarget(spec: Spec, environment: Environment): ConsumptionTarget {
  const target: NonNullable<Targets['consumption']> = environment.targets.consumption ?? {};
  const { subscription, resourceGroup, location, connectionName, managedIdentity, assignVaultRole, role, tags } = target;
  if (subscription === undefined || resourceGroup === undefined || location === undefined)
    throw lackingInTarget(spec, environment, 'consumption', needed);
  return {
    subscription,
    resourceGroup,
    location,
    connectionName: connectionName ?? `keyvault-${environment.vault.name}`,
    ...(managedIdentity === undefined || managedIdentity === 'systemAssigned' ? {} : { userAssignedIdentity: managedIdentity }),
    ...(assignVaultRole === false ? {} : { assignedRole: vaultRoles[role ?? 'secretsUser'] }),
    tags: tags ?? {},
  };
}
