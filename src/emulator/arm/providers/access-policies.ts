import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { refuse } from '../../http/answer.ts';
import type { ArmResource } from '../../state.ts';
import { parentId } from '../ids.ts';
import type { Provider } from '../provider.ts';

const type = 'Microsoft.KeyVault/vaults/accessPolicies';

interface Policy {
  readonly tenantId: string;
  readonly objectId: string;
  readonly permissions: Readonly<Record<string, readonly string[]>>;
}

/** Changes to the access policies of a vault: `add`, `replace` and `remove` are names of this type, and no resources of their own. */
export const accessPolicies: Provider = {
  type,
  write: ({ state }, { id, body }) => {
    const vault = state.resources.get((parentId(id) ?? '').toLowerCase());
    if (vault === undefined) refuse(404, 'ParentResourceNotFound', `The vault of '${id.name}' was not found.`);
    const given = member(body, 'properties', 'accessPolicies');
    if (!Array.isArray(given) || !given.every(isPolicy))
      refuse(
        400,
        'BadRequest',
        "'properties.accessPolicies' must be a list of policies with tenantId, objectId and permissions.",
      );
    const changed = change(id.shortName.toLowerCase(), vault.properties.accessPolicies as readonly Policy[], given);
    const properties = { ...vault.properties, accessPolicies: changed };
    state.resources.set(vault.id.toLowerCase(), { ...vault, properties });
    return {
      id: `${vault.id}/accessPolicies/`,
      name: id.shortName,
      type,
      properties: { accessPolicies: changed },
    } satisfies ArmResource;
  },
};

function isPolicy(value: unknown): value is Policy {
  return (
    isObject(value) && typeof value.tenantId === 'string' && typeof value.objectId === 'string' && isObject(value.permissions)
  );
}

function change(how: string, before: readonly Policy[], given: readonly Policy[]): readonly Policy[] {
  if (how === 'replace') return given;
  if (how !== 'add' && how !== 'remove')
    refuse(400, 'BadRequest', `An access policy update is add, replace or remove, not '${how}'.`);
  const others = before.filter(({ objectId }) => !given.some((one) => one.objectId === objectId));
  const same = given.map((policy) => {
    const old = before.find(({ objectId }) => objectId === policy.objectId)?.permissions ?? {};
    return { ...policy, permissions: how === 'add' ? united(old, policy.permissions) : without(old, policy.permissions) };
  });
  return [...others, ...same.filter(({ permissions }) => Object.values(permissions).some((list) => list.length > 0))];
}

function united(old: Policy['permissions'], more: Policy['permissions']): Policy['permissions'] {
  const kinds = new Set([...Object.keys(old), ...Object.keys(more)]);
  return Object.fromEntries([...kinds].map((kind) => [kind, [...new Set([...(old[kind] ?? []), ...(more[kind] ?? [])])]]));
}

function without(old: Policy['permissions'], less: Policy['permissions']): Policy['permissions'] {
  return Object.fromEntries(Object.entries(old).map(([kind, list]) => [kind, list.filter((one) => !less[kind]?.includes(one))]));
}
