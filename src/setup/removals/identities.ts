import type { Azure } from '../../azure/azure.ts';
import { findServicePrincipal, listGrantedRoles } from '../../azure/graph.ts';
import { deleteIdentity, findIdentity, type Identity, listHoldersOf } from '../../azure/identities.ts';
import { isForbidden } from '../../azure/needing.ts';
import { listHeldRoles } from '../../azure/role-assignments.ts';
import { isGuid } from '../../proofs/sight.ts';
import { targetsWithIdentity } from '../../spec/identities.ts';
import { hasCertificate } from '../../spec/needs.ts';
import type { IdentityHolder, WantedIdentity } from '../identity/wanted-identity.ts';
import { notOurs, type SetupRemoval, staying, unlessForbidden } from './removal.ts';
import { keptBy, siteRemovals } from './sites.ts';
import type { Users } from './users.ts';

/**
 * The managed identities of a spec, each after its rights on sites. One that certflow made goes, and what it may do at APIs with it; the
 * identity of an app, and one that was there before, keep all of it: nothing says who gave it. `before`: what has to be gone first.
 */
export async function identityRemovals(
  azure: Azure,
  wanted: WantedIdentity,
  users: Users,
  before: readonly SetupRemoval[],
): Promise<SetupRemoval[]> {
  const found = await Promise.all(
    wanted.identities.map((holder) => {
      const head = headOf(holder);
      return unlessForbidden(head, async () => {
        const identity = await findIdentity(azure, holder.id);
        if (identity?.principalId === undefined) return [];
        const principal = await findServicePrincipal(azure, { id: identity.principalId });
        const why = await whyItStays(azure, holder, identity, { wanted, users });
        const keeper = `the ${head.what} ${head.name}`;
        const rights = principal ? await siteRemovals(azure, wanted.permissions, { appId: principal.appId, keeper }, why) : [];
        return [...rights, identityRemoval(azure, holder, why ?? keptBy(rights), [...before, ...rights])];
      });
    }),
  );
  return found.flat();
}

function headOf({ kind, name, id }: IdentityHolder) {
  return {
    what: 'managed identity',
    name: kind === 'userAssignedIdentity' ? (id.split('/').at(-1) ?? id) : `of ${name}`,
    id: id.toLowerCase(),
  };
}

function identityRemoval(azure: Azure, holder: IdentityHolder, why: string | undefined, before: readonly SetupRemoval[]) {
  const head = headOf(holder);
  if (why !== undefined) return staying(head, why);
  return {
    ...head,
    after: before.filter(({ staysBecause }) => staysBecause === undefined).map(({ id }) => id),
    details: [
      'with its permissions at APIs; a token that it has got is good until it ends, up to a day',
      'for good: one of the same name that is made anew is another, and has no rights',
    ],
    remove: async () => {
      const holders = await listHoldersOf(azure, holder.id);
      if (holders.length > 0) return usedBy(holders);
      await deleteIdentity(azure, holder.id);
      return undefined;
    },
  };
}

/** Why an identity stays; undefined where it goes. */
async function whyItStays(
  azure: Azure,
  { kind, id }: IdentityHolder,
  identity: Identity,
  { wanted, users }: { readonly wanted: WantedIdentity; readonly users: Users },
): Promise<string | undefined> {
  if (users.deployed !== undefined) return users.deployed;
  if (kind !== 'userAssignedIdentity') return 'it is a part of the app, and nothing says who gave it its permissions';
  if (!identity.isMadeHere) return notOurs;
  const same = (one: string | undefined) => one?.toLowerCase() === id.toLowerCase();
  const other = users.staying.find(({ targets }) => targetsWithIdentity.some((key) => same(targets[key]?.managedIdentity)));
  if (other) return `the environment ${other.name} signs in with it too; name it as well to remove it`;
  const holders = await seen(() => listHoldersOf(azure, id));
  if (holders === undefined) return 'you may not look what has it, which takes the role Reader on the subscription';
  if (holders.length > 0) return usedBy(holders);
  const { principalId = '' } = identity;
  const roles = await seen(() => rolesElsewhere(azure, wanted, id, principalId));
  if (roles === undefined) return 'you may not look which roles it has, which takes the role Reader on the subscription';
  if (roles[0] !== undefined) return `somebody else lets it work for them: it has a role on ${roles[0]}`;
  return (await hasOtherPermissions(azure, wanted, principalId))
    ? 'somebody else lets it work for them: it has permissions that the spec does not name'
    : undefined;
}

/** Whether it has more application permissions than the spec names. */
async function hasOtherPermissions(azure: Azure, { permissions }: WantedIdentity, principalId: string): Promise<boolean> {
  const named = await Promise.all(
    permissions.map(async ({ api, roles }) => {
      const found = await findServicePrincipal(azure, isGuid(api) ? { appId: api } : { identifier: api });
      return roles.map((role) => `${found?.id} ${found?.roles.get(role)}`);
    }),
  );
  const held = await listGrantedRoles(azure, principalId);
  return held.some(({ resourceId, appRoleId }) => !named.flat().includes(`${resourceId} ${appRoleId}`));
}

function usedBy(holders: readonly string[]): string {
  const names = holders.slice(0, 3).map((id) => id.split('/').at(-1));
  return `${names.join(', ')} ${holders.length === 1 ? 'has' : 'have'} it`;
}

/** The scopes of its roles in Azure, but for that on the vault of the spec. */
async function rolesElsewhere(azure: Azure, { environment }: WantedIdentity, id: string, principalId: string): Promise<string[]> {
  const [, , subscription = ''] = id.split('/');
  const vault = hasCertificate(environment) ? `/vaults/${environment.vault.name}`.toLowerCase() : undefined;
  const held = await listHeldRoles(azure, subscription, principalId);
  return held.map(({ scope }) => scope).filter((scope) => vault === undefined || !scope.toLowerCase().endsWith(vault));
}

async function seen<Result>(look: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
