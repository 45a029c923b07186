import type { ServiceAddress } from '../cloud/profile.ts';
import { isObject, textOf } from '../json/json.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { resourceClient, withoutSlash } from './resources.ts';
import { send } from './rest.ts';

/** An app of App Service: a web app, or a Logic App (Standard). */
export interface Site {
  /** `Running`, `Stopped`. */
  readonly state: string;
  /** What takes deployments, at the host that Azure names: it differs between clouds. Absent where Azure names none. */
  readonly deployments?: ServiceAddress;
  /** As Azure writes it: `SystemAssigned, UserAssigned`; `None`. */
  readonly identityType: string;
  /** Object id of its own identity. */
  readonly principalId?: string;
  /** Resource ids of user-assigned identities, with their object ids. */
  readonly userAssigned: Readonly<Record<string, string>>;
  /** Resource id of the identity that reads what settings refer to; its own one where absent. */
  readonly referenceIdentity?: string;
}

/** How it stands with a setting that refers to a vault. */
export interface KeyVaultReference {
  /** `Resolved`, or why not: `AccessToKeyVaultDenied`, `SecretNotFound`, …, `Initialized` while it is not looked at yet. */
  readonly status: string;
  readonly details: string;
}

/** Microsoft.Web. Shapes: Microsoft's REST reference "Web Apps", operations Get, Update, List Application Settings. */
const version = '2024-04-01';

/** An app, or undefined where it is not there. */
export async function findSite(azure: Azure, id: string): Promise<Site | undefined> {
  return ifThere(
    attempt(azure, `reading the app ${nameIn(id)}`, async () => {
      const { identity, properties = {} } = await resourceClient(azure, id).resources.getById(withoutSlash(id), version);
      const { state, hostNameSslStates, keyVaultReferenceIdentity } = properties as Record<string, unknown>;
      const hosts = Array.isArray(hostNameSslStates) ? hostNameSslStates.filter(isObject) : [];
      const host = hosts.find(({ hostType }) => hostType === 'Repository')?.name;
      const endpoint = typeof host === 'string' ? `https://${host}` : undefined;
      if (endpoint !== undefined) azure.origins.addApp(endpoint);
      const assigned = Object.entries(identity?.userAssignedIdentities ?? {});
      return {
        state: textOf(state),
        identityType: identity?.type ?? 'None',
        userAssigned: Object.fromEntries(assigned.map(([one, { principalId = '' }]) => [one, principalId])),
        ...(identity?.principalId === undefined ? {} : { principalId: identity.principalId }),
        ...(endpoint === undefined ? {} : { deployments: { endpoint, audience: azure.profile.resourceManager.audience } }),
        // Azure writes "SystemAssigned" where nothing was chosen.
        ...(typeof keyVaultReferenceIdentity === 'string' && keyVaultReferenceIdentity.startsWith('/')
          ? { referenceIdentity: keyVaultReferenceIdentity }
          : {}),
      };
    }),
  );
}

/** Gives an app its own identity or one more, and says which of them reads what settings refer to. Those that it has stay. */
export async function giveIdentity(
  azure: Azure,
  id: string,
  { userAssigned }: Site,
  wanted: { readonly type: string; readonly userAssignedIdentity?: string; readonly referenceIdentity?: string },
): Promise<void> {
  const { type, userAssignedIdentity, referenceIdentity } = wanted;
  const others = [...Object.keys(userAssigned), ...(userAssignedIdentity === undefined ? [] : [userAssignedIdentity])];
  await attempt(azure, `switching on the identity of the app ${nameIn(id)}`, () =>
    resourceClient(azure, id)
      .resources.updateById(
        withoutSlash(id),
        version,
        {
          identity: {
            type: type as 'SystemAssigned',
            ...(others.length > 0 && { userAssignedIdentities: Object.fromEntries(others.map((one) => [one, {}])) }),
          },
          ...(referenceIdentity !== undefined && { properties: { keyVaultReferenceIdentity: referenceIdentity } }),
        },
        { updateIntervalInMs: azure.pollDelay },
      )
      .pollUntilDone(azure.signal ? { abortSignal: azure.signal } : {}),
  );
}

/**
 * Values of the settings that are named, of those that an app has; undefined where it is not there. The others, which may be secrets, are
 * not handed on.
 */
export async function findSettings(
  azure: Azure,
  id: string,
  names: readonly string[],
): Promise<Readonly<Record<string, string>> | undefined> {
  return ifThere(
    attempt(azure, `reading the settings of the app ${nameIn(id)}`, async () => {
      const { body } = await send(azure, azure.profile.resourceManager, {
        method: 'POST',
        path: `${id}/config/appsettings/list?api-version=${version}`,
      });
      const all = isObject(body.properties) ? body.properties : {};
      return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(all, name) ? [[name, textOf(all[name])]] : [])));
    }),
  );
}

/** Takes settings away from an app, where they are as they were given; the others are written back as they are, and handed on to nobody. */
export async function removeSettings(azure: Azure, id: string, given: Readonly<Record<string, string>>): Promise<void> {
  const service = azure.profile.resourceManager;
  await attempt(azure, `taking back settings of the app ${nameIn(id)}`, async () => {
    const settings = `${id}/config/appsettings`;
    const { body } = await send(azure, service, { method: 'POST', path: `${settings}/list?api-version=${version}` });
    const all = Object.entries(isObject(body.properties) ? body.properties : {});
    const rest = all.filter(([name, value]) => !Object.hasOwn(given, name) || given[name] !== value);
    const properties = Object.fromEntries(rest);
    await send(azure, service, { method: 'PUT', path: `${settings}?api-version=${version}`, body: { properties } });
  });
}

/** Switches the identity of an app off, or takes a user-assigned one away from it. The others stay. */
export async function takeIdentity(azure: Azure, id: string, userAssignedIdentity: string | undefined): Promise<void> {
  await attempt(azure, `switching off the identity of the app ${nameIn(id)}`, async () => {
    const { resources } = resourceClient(azure, id);
    const { identity } = await resources.getById(withoutSlash(id), version);
    const others = Object.keys(identity?.userAssignedIdentities ?? {}).filter(
      (one) => one.toLowerCase() !== userAssignedIdentity?.toLowerCase(),
    );
    const isOwnKept = userAssignedIdentity !== undefined && /SystemAssigned/i.test(identity?.type ?? '');
    const type = [...(isOwnKept ? ['SystemAssigned'] : []), ...(others.length > 0 ? ['UserAssigned'] : [])].join(', ') || 'None';
    // Absent of those that are written means that they go.
    const path = `${id}?api-version=${version}`;
    const body = {
      identity: {
        type,
        ...(others.length > 0 && { userAssignedIdentities: Object.fromEntries(others.map((one) => [one, {}])) }),
      },
      ...(userAssignedIdentity !== undefined && { properties: { keyVaultReferenceIdentity: 'SystemAssigned' } }),
    };
    await send(azure, azure.profile.resourceManager, { method: 'PATCH', path, body });
  });
}

/**
 * How it stands with the reference to a vault in a setting; undefined where there is none. Source: Microsoft's REST reference "Web Apps -
 * Get App Settings Key Vault References" (ApiKVReference).
 */
export async function findReference(azure: Azure, id: string, setting: string): Promise<KeyVaultReference | undefined> {
  return ifThere(
    attempt(azure, `reading how it stands with the references of the app ${nameIn(id)}`, async () => {
      const { body } = await send(azure, azure.profile.resourceManager, {
        path: `${id}/config/configreferences/appsettings?api-version=${version}`,
      });
      const all = Array.isArray(body.value) ? body.value.filter(isObject) : [];
      const found = all.find(
        (one) =>
          textOf(one.name ?? one.id)
            .split('/')
            .at(-1) === setting,
      )?.properties;
      if (!isObject(found)) return undefined;
      return { status: textOf(found.status), details: textOf(found.details) };
    }),
  );
}

/** Has the references looked at again at once. Source: Microsoft's "Use Key Vault references", section on rotation. */
export async function refreshReferences(azure: Azure, id: string): Promise<void> {
  await attempt(azure, `having the references of the app ${nameIn(id)} looked at again`, () =>
    send(azure, azure.profile.resourceManager, {
      method: 'POST',
      path: `${id}/config/configreferences/appsettings/refresh?api-version=2022-03-01`,
    }),
  );
}

export function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
