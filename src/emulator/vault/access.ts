import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { vaultNamed } from '../arm/providers/vaults.ts';
import { isAllowed } from '../arm/role-assignments.ts';
import type { Caller } from '../entra/caller.ts';
import { refuse, ServiceError } from '../http/answer.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';

export type VaultCollection = 'secrets' | 'certificates';

/** What may be done, with its data action in a vault with roles and its permission in one with access policies. */
const rights = {
  secrets: {
    get: 'getSecret/action',
    list: 'readMetadata/action',
    set: 'setSecret/action',
    delete: 'delete',
    recover: 'recover/action',
    purge: 'purge/action',
  },
  certificates: {
    get: 'read',
    list: 'read',
    import: 'import/action',
    create: 'create/action',
    update: 'update/action',
    delete: 'delete',
    recover: 'recover/action',
    purge: 'purge/action',
  },
} as const;

export type Right<Collection extends VaultCollection> = keyof (typeof rights)[Collection];

/** The vault of a request. Outside the emulator its host name would not be known at all. */
export function vaultOf({ state }: World, name = ''): ArmResource {
  const vault = vaultNamed(state, name);
  if (vault === undefined) refuse(404, 'VaultNotFound', `There is no vault '${name}'.`);
  return vault;
}

/** Throws Key Vault's Forbidden, with the reason in `innererror`, unless the caller may do it. Texts: Microsoft's "Key Vault REST API error codes". */
export function authorizeVault<Collection extends VaultCollection>(
  world: World,
  caller: Caller,
  vault: ArmResource,
  collection: Collection,
  right: Right<Collection>,
  name?: string,
) {
  const { properties } = vault;
  const where = `${vault.name};location=${vault.location}`;
  const who = `appid=${caller.appId};oid=${caller.objectId};iss=${world.tokens.issuer(caller.tenantId)}`;
  if (isShut(properties))
    forbid(
      'ForbiddenByFirewall',
      `Client address is not authorized and caller is not a trusted service.\r\nClient address: 127.0.0.1\r\nCaller: ${who}\r\nVault: ${where}`,
    );
  if (properties.enableRbacAuthorization !== false) {
    const action = `Microsoft.KeyVault/vaults/${collection}/${(rights[collection] as Record<string, string>)[right as string]}`;
    const scope = `${vault.id}/${collection}${name === undefined ? '' : `/${name}`}`;
    if (isAllowed(world, caller.objectId, action, scope, 'dataAction')) return;
    forbid(
      'ForbiddenByRbac',
      `Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: ${who}\r\nAction: '${action}'\r\nResource: '${scope.toLowerCase()}'\r\nAssignment: (not found)\r\nDecisionReason: null \r\nVault: ${where}\r\n`,
    );
  }
  const policies = Array.isArray(properties.accessPolicies) ? properties.accessPolicies : [];
  const granted = policies
    .filter((policy) => member(policy, 'objectId') === caller.objectId)
    .flatMap((policy) => (member(policy, 'permissions', collection) as string[] | undefined) ?? []);
  if (granted.some((one) => one.toLowerCase() === right || one.toLowerCase() === 'all')) return;
  forbid(
    'AccessDenied',
    `The user, group or application '${who}' does not have ${collection} ${String(right)} permission on key vault '${where}'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`,
  );
}

/** Throws Key Vault's Forbidden, with the reason in `innererror`. */
export function forbid(reason: string, message: string): never {
  throw new ServiceError(403, { code: 'Forbidden', message, innererror: { code: reason } });
}

/** Whether the vault's firewall keeps this machine out. */
function isShut({ networkAcls, publicNetworkAccess }: ArmResource['properties']): boolean {
  if (/^disabled$/i.test(String(publicNetworkAccess))) return true;
  if (!isObject(networkAcls) || !/^deny$/i.test(String(networkAcls.defaultAction))) return false;
  const rules = Array.isArray(networkAcls.ipRules) ? networkAcls.ipRules : [];
  return !rules.some((rule) => /^127\.0\.0\.1(\/|$)/.test(String(member(rule, 'value'))));
}

/** The id of an object, as in the public cloud: clients read the name and the version out of it, and want no longer path. */
export function objectId(vault: ArmResource, collection: string, name: string, version?: string): string {
  return `https://${vault.name.toLowerCase()}.vault.azure.net/${collection}/${name}${version === undefined ? '' : `/${version}`}`;
}

/** What every object says of itself. Times are seconds since 1970. */
export function attributes(
  vault: ArmResource,
  {
    enabled,
    created,
    updated,
    nbf,
    exp,
  }: { enabled: boolean; created: number; updated: number; nbf?: number | undefined; exp?: number | undefined },
) {
  const recoverableDays = Number(vault.properties.softDeleteRetentionInDays) || 90;
  const recoveryLevel = vault.properties.enablePurgeProtection === true ? 'Recoverable' : 'Recoverable+Purgeable';
  return {
    enabled,
    ...(nbf !== undefined && { nbf }),
    ...(exp !== undefined && { exp }),
    created,
    updated,
    recoveryLevel,
    recoverableDays,
  };
}

export function inSeconds(date = new Date()): number {
  return Math.floor(date.getTime() / 1000);
}

/** Names of secrets and certificates. */
export function checkObjectName(name = '') {
  if (!/^[\da-zA-Z-]{1,127}$/.test(name)) refuse(400, 'BadParameter', `The request URI contains an invalid name: ${name}`);
}
