import { randomUUID } from 'node:crypto';
import { isObject } from '../../json/json.ts';
import { noContent, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ArmResource, SecretVersion, VaultObject } from '../state.ts';
import type { World } from '../world.ts';
import { attributes, authorizeVault, checkObjectName, forbid, inSeconds, objectId, type Right, vaultOf } from './access.ts';
import { checkNotDeleted, checkPurgeable, deletion, foundObject, objectKey, versionOf } from './objects.ts';

/** Longest value of a secret, in characters. */
const longestValue = 25_600;

export function newVersion(): string {
  return randomUUID().replaceAll('-', '');
}

/** Secrets of a vault. Requests and answers: docs/facts/key-vault.md#the-data-plane, and Microsoft's OpenAPI of the data plane. */
export function secretRoutes(world: World): Routes {
  const { secrets } = world.state;
  const at = (call: Call, right: Right<'secrets'>): ArmResource => {
    const vault = vaultOf(world, call.params.vault);
    authorizeVault(world, call.caller, vault, 'secrets', right, call.params.name);
    return vault;
  };
  const path = '/vaults/{vault}/secrets';
  const get = (call: Call) => {
    const vault = at(call, 'get');
    const stored = foundObject(secrets, vault, call.params.name ?? '', 'Secret');
    const version = versionOf(stored, call.params.version, 'Secret');
    if (!version.enabled) forbid('SecretDisabled', 'Operation get is not allowed on a disabled secret.');
    return ok(bundle(vault, stored.name, version));
  };
  const inVault = (vault: ArmResource) =>
    [...secrets].filter(([key]) => key.startsWith(`${vault.name.toLowerCase()}/`)).map(([, one]) => one);
  return {
    [`GET ${path}`]: (call) => {
      const vault = at(call, 'list');
      const living = inVault(vault).filter(({ deleted }) => !deleted);
      return ok({ value: living.map((one) => item(vault, one.name, versionOf(one, undefined, 'Secret'))), nextLink: null });
    },
    [`GET ${path}/{name}/versions`]: (call) => {
      const vault = at(call, 'list');
      const stored = foundObject(secrets, vault, call.params.name ?? '', 'Secret');
      return ok({ value: stored.versions.map((one) => item(vault, stored.name, one, one.version)), nextLink: null });
    },
    [`GET ${path}/{name}`]: get,
    [`GET ${path}/{name}/{version}`]: get,
    [`PUT ${path}/{name}`]: (call) => {
      const vault = at(call, 'set');
      const name = call.params.name ?? '';
      checkObjectName(name);
      const { value, contentType, tags, attributes: given } = call.json();
      if (typeof value !== 'string' || value.length > longestValue)
        refuse(400, 'BadParameter', `The secret's value must be text of at most ${longestValue} characters.`);
      const before = secrets.get(objectKey(vault, name));
      checkNotDeleted(before, 'Secret');
      const time = inSeconds();
      const { enabled, nbf, exp } = isObject(given) ? given : {};
      const version: SecretVersion = {
        version: newVersion(),
        value,
        ...(typeof contentType === 'string' && { contentType }),
        ...(isObject(tags) && { tags: tags as Record<string, string> }),
        enabled: enabled !== false,
        created: time,
        updated: time,
        ...(typeof nbf === 'number' && { nbf }),
        ...(typeof exp === 'number' && { exp }),
        managed: false,
      };
      const stored: VaultObject<SecretVersion> = { name: before?.name ?? name, versions: [...(before?.versions ?? []), version] };
      secrets.set(objectKey(vault, name), stored);
      return ok(bundle(vault, stored.name, version));
    },
    [`DELETE ${path}/{name}`]: (call) => {
      const vault = at(call, 'delete');
      const stored = foundObject(secrets, vault, call.params.name ?? '', 'Secret');
      const version = versionOf(stored, undefined, 'Secret');
      if (version.managed) refuse(403, 'Forbidden', 'Operation delete is not allowed on a secret that a certificate keeps.');
      const deleted = deletion(vault);
      secrets.set(objectKey(vault, stored.name), { ...stored, deleted });
      const { value, ...shown } = bundle(vault, stored.name, version);
      return ok({ ...shown, ...deleted, recoveryId: objectId(vault, 'deletedsecrets', stored.name) });
    },
    'DELETE /vaults/{vault}/deletedsecrets/{name}': (call) => {
      checkPurgeable(at(call, 'purge'));
      secrets.delete(objectKey(vaultOf(world, call.params.vault), call.params.name ?? ''));
      return noContent;
    },
  };
}

function bundle(vault: ArmResource, name: string, version: SecretVersion) {
  return {
    value: version.value,
    ...item(vault, name, version, version.version),
    ...(version.managed && { kid: objectId(vault, 'keys', name, version.version) }),
  };
}

/** In lists, without the value. */
function item(vault: ArmResource, name: string, version: SecretVersion, versionName?: string) {
  const { contentType, tags, managed } = version;
  return {
    id: objectId(vault, 'secrets', name, versionName),
    ...(contentType !== undefined && { contentType }),
    attributes: attributes(vault, version),
    ...(tags && { tags }),
    ...(managed && { managed }),
  };
}
