import type { IdentityPermissions } from '../proofs/identity-permissions.ts';
import type { VaultAccess } from '../proofs/vault-access.ts';
import type { Change } from './changes.ts';
import type { RightHeld } from './rights.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** What deploying a target would do. */
export interface Plan {
  readonly target: DeployTarget;
  readonly groupExists: boolean;
  /** Where the changes are known from: Azure's forecast, or the template alone. */
  readonly source: 'azure' | 'template';
  /** For `template`: why. */
  readonly why?: string;
  readonly changes: readonly Change[];
  /** Whether the identity may read the vault now; absent where it has nothing to read there. */
  readonly access?: VaultAccess;
  /** Whether the identity has the permissions that requests sign in for; absent where none signs in with it. */
  readonly permissions?: IdentityPermissions;
  readonly rights: readonly RightHeld[];
  /** A deployment of the same name was under way when the plan was made. */
  readonly isUnderWay: boolean;
}

/** Whether there is something to do. What cannot be told counts as a change. */
export function hasChanges({ groupExists, changes, isUnderWay, ...plan }: Plan): boolean {
  return !groupExists || isUnderWay || changes.some(({ action }) => action !== 'none') || givesAccess(plan);
}

/** Whether a workflow that starts by itself stays disabled: its identity lacks permissions, and a call without them is refused for a day. */
export function staysDisabled({ permissions, target }: Pick<Plan, 'permissions' | 'target'>): boolean {
  return target.targetName === 'consumption' && target.startsByItself && permissions?.state === 'missing';
}

/** Whether the deployment lets the identity read the vault, and it could not before. */
export function givesAccess({ access, target }: Pick<Plan, 'access' | 'target'>): boolean {
  return target.vaultAccess !== undefined && access?.state !== 'held';
}
