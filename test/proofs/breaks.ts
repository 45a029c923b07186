import { createCertificate } from '../../src/certificate/index.ts';
import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import { keyCredential } from '../../src/emulator/graph/key-credentials.ts';
import { siteIdOf } from '../../src/emulator/graph/sites.ts';
import type { Application, ArmResource, State } from '../../src/emulator/state.ts';
import { member } from '../../src/json/member.ts';
import type { LinkName, Proof } from '../../src/proofs/proof.ts';
import { clientId, healthySpec, subscription, type World } from './world.ts';

/** One thing that is broken, and what has to be said of it. */
export interface Break {
  readonly what: string;
  readonly link: LinkName;
  readonly about?: string;
  readonly found: RegExp;
  /** The command that cures. */
  readonly command: RegExp;
  readonly break?: (world: World) => void | Promise<void>;
  /** How it is looked at; by default as status does. */
  readonly prove?: (world: World) => Promise<readonly Proof[]>;
  /** What the spec says instead. */
  readonly spec?: object;
}

const vault =
  `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/microsoft.keyvault/vaults/kv-contoso-dev`.toLowerCase();
const group = `/subscriptions/${subscription}/resourceGroups/rg-flows-dev/providers`;
export const workflowId = `${group}/Microsoft.Logic/workflows/hr-lists`.toLowerCase();
const connection = `${group}/Microsoft.Web/connections/keyvault-kv-contoso-dev`.toLowerCase();
const certificate = 'kv-contoso-dev/sharepoint-cert';
const setup = /^certflow setup \S*certflow\.yaml --only entra --cloud-file cloud\.json$/;
const deploy = /^certflow deploy \S*certflow\.yaml --cloud-file cloud\.json$/;
const rotate = /^certflow cert rotate \S*certflow\.yaml --cloud-file cloud\.json$/;

function changeResource(
  { state }: World,
  id: string,
  change: (properties: Record<string, unknown>) => object,
  more: object = {},
) {
  const found = state.resources.get(id) as ArmResource;
  const properties = structuredClone(found.properties) as Record<string, unknown>;
  state.resources.set(id, { ...found, ...more, properties: { ...properties, ...change(properties) } });
}

/** Another Logic App that uses the same connection. */
export function addTwin({ state }: World, name: string) {
  const own = state.resources.get(workflowId) as ArmResource;
  const id = own.id.replace(/[^/]+$/, name);
  state.resources.set(id.toLowerCase(), { ...own, id, name });
}

function changeAction(world: World, name: string, change: (action: Record<string, unknown>) => void) {
  changeResource(world, workflowId, (properties) => {
    change(member(properties, 'definition', 'actions', name) as Record<string, unknown>);
    return {};
  });
}

/** An action as somebody adds it in the portal. */
function addAction(world: World, name: string, action: object) {
  changeResource(world, workflowId, (properties) => {
    Object.assign(member(properties, 'definition', 'actions') as object, { [name]: action });
    return {};
  });
}

function pinVersion(world: World, version: string) {
  const path = `/secrets/@{encodeURIComponent(parameters('certificateName'))}/versions/@{encodeURIComponent('${version}')}/value`;
  changeAction(world, 'Get_secret', (action) => Object.assign(action.inputs as object, { path }));
}

function changeParameter(world: World, name: string, value: unknown) {
  changeResource(world, workflowId, (properties) => ({
    parameters: { ...(properties.parameters as object), [name]: { value } },
  }));
}

function changeVersion({ state }: World, change: object) {
  const found = state.certificates.get(certificate);
  if (found) state.certificates.set(certificate, { ...found, versions: found.versions.map((one) => ({ ...one, ...change })) });
}

function changePolicy({ state }: World, change: object) {
  const found = state.certificates.get(certificate);
  if (found) state.certificates.set(certificate, { ...found, policy: { ...found.policy, ...change } });
}

function application(state: State): Application {
  return [...state.applications.values()].find(({ appId }) => appId === clientId) as Application;
}

export function changeApplication({ state }: World, change: Partial<Application>) {
  const found = application(state);
  state.applications.set(found.id, { ...found, ...change });
}

/** A certificate in the vault and on the registration that was made at another time. */
async function otherTime(world: World, now: Date) {
  const made = await createCertificate({ subject: 'CN=other', days: 30, now });
  changeVersion(world, { cer: made.certificate.raw.toString('base64') });
  changeApplication(world, { keyCredentials: [keyCredential(made.certificate.raw, 'other')] });
}

export function ownPrincipal({ state }: World) {
  const found = principalByAppId(state, clientId);
  if (!found) throw new Error('no service principal');
  return found;
}

function removeWhere<Value>(table: Map<string, Value>, is: (value: Value) => boolean) {
  for (const [key, value] of [...table]) if (is(value)) table.delete(key);
}

/** Takes the consent to a role on an API away. */
export function withdraw(world: World, appId: string) {
  const api = principalByAppId(world.state, appId)?.id;
  removeWhere(
    world.state.appRoleAssignments,
    ({ principalId, resourceId }) => principalId === ownPrincipal(world).id && resourceId === api,
  );
}

export const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const graph = '00000003-0000-0000-c000-000000000000';

function grant(world: World, appId: string, role: string) {
  const api = principalByAppId(world.state, appId);
  const appRoleId = api?.appRoles.find(({ value }) => value === role)?.id ?? '';
  const id = `given-${role}`;
  const createdDateTime = new Date().toISOString();
  world.state.appRoleAssignments.set(id, {
    id,
    principalId: ownPrincipal(world).id,
    resourceId: api?.id ?? '',
    appRoleId,
    createdDateTime,
  });
}

const site = 'https://contoso.sharepoint.com/sites/hr';
const day = 86_400_000;

export const breaks: readonly Break[] = [
  {
    what: 'a tenant that is not there',
    link: 'tenant',
    found: /there is no tenant "99999999-9999-9999-9999-999999999999"/,
    command: /^az account show/,
    spec: { appRegistration: { ...healthySpec.appRegistration, tenantId: '99999999-9999-9999-9999-999999999999' } },
  },
  {
    what: 'a vault that is not there',
    link: 'vault',
    found: /there is no vault kv-gone in rg-shared/,
    command: /^certflow setup \S+ --only vault --cloud-file cloud\.json$/,
    spec: { vault: { name: 'kv-gone', resourceGroup: 'rg-shared' } },
  },
  {
    what: 'a vault that lets in in another way',
    link: 'vault',
    found: /lets in by roles, and the spec says access policies/,
    command: /^az keyvault update --name kv-contoso-dev --enable-rbac-authorization false$/,
    spec: { vault: { ...healthySpec.vault, access: 'policy' } },
  },
  {
    what: 'a firewall that admits nobody',
    link: 'firewall',
    found: /it admits nobody/,
    command: /^az keyvault update --name kv-contoso-dev --public-network-access Enabled --default-action Allow$/,
    break: (world) => changeResource(world, vault, () => ({ networkAcls: { defaultAction: 'Deny' } })),
  },
  {
    what: 'no public access at all',
    link: 'firewall',
    found: /it admits nobody/,
    command: /^az keyvault update/,
    break: (world) =>
      changeResource(world, vault, () => ({
        publicNetworkAccess: 'Disabled',
        networkAcls: { ipRules: [{ value: '203.0.113.7' }] },
      })),
  },
  {
    what: 'no certificate in the vault',
    link: 'certificate',
    found: /the vault kv-contoso-dev has no certificate sharepoint-cert/,
    command: /^certflow setup \S+ --cloud-file cloud\.json$/,
    break: ({ state }) => {
      state.certificates.delete(certificate);
      state.secrets.delete(certificate);
    },
  },
  {
    what: 'a deleted certificate',
    link: 'certificate',
    found: /was deleted from the vault kv-contoso-dev, and can be recovered/,
    command: /^az keyvault certificate recover --vault-name kv-contoso-dev --name sharepoint-cert$/,
    break: ({ state }) => {
      for (const table of [state.certificates, state.secrets] as Map<string, object>[]) {
        const found = table.get(certificate);
        if (found) table.set(certificate, { ...found, deleted: { deletedDate: 1, scheduledPurgeDate: 2 } });
      }
    },
  },
  {
    what: 'a disabled secret',
    link: 'certificate',
    found: /the version [\da-f]{32} is disabled/,
    command: /^az keyvault certificate set-attributes --vault-name kv-contoso-dev --name sharepoint-cert --enabled true$/,
    break: (world) => changeVersion(world, { enabled: false }),
  },
  {
    what: 'an expired certificate',
    link: 'certificate',
    found: /it ended on \d{4}-\d\d-\d\d/,
    command: rotate,
    break: (world) => otherTime(world, new Date(Date.now() - 60 * day)),
  },
  {
    what: 'a certificate that holds later only',
    link: 'certificate',
    found: /it holds from \d{4}-\d\d-\d\d on only/,
    command: rotate,
    break: (world) => otherTime(world, new Date(Date.now() + 3 * day)),
  },
  {
    what: 'a version that is not there',
    link: 'certificate',
    found: /sharepoint-cert has no version 0123456789abcdef0123456789abcdef/,
    command: /^az keyvault certificate list-versions/,
    break: (world) => pinVersion(world, '0123456789abcdef0123456789abcdef'),
    spec: { certificate: { name: 'sharepoint-cert', version: '0123456789abcdef0123456789abcdef' } },
  },
  {
    what: 'a key that is not exportable',
    link: 'private key',
    found: /its key cannot be read from the vault/,
    command: rotate,
    break: (world) => changePolicy(world, { key_props: { exportable: false } }),
  },
  {
    what: 'a certificate that is kept as PEM',
    link: 'private key',
    found: /kept as PEM/,
    command: rotate,
    break: (world) => changePolicy(world, { secret_props: { contentType: 'application/x-pem-file' } }),
  },
  {
    what: 'a vault that renews by itself',
    link: 'renewal',
    found: /makes a new version by itself/,
    command: /^certflow setup \S+ --only vault/,
    break: (world) =>
      changePolicy(world, { lifetime_actions: [{ trigger: { lifetime_percentage: 80 }, action: { action_type: 'AutoRenew' } }] }),
  },
  {
    what: 'no app registration',
    link: 'app registration',
    found: /the tenant has no app registration 22222222/,
    command: setup,
    break: (world) => {
      world.state.servicePrincipals.delete(ownPrincipal(world).id);
      world.state.applications.delete(application(world.state).id);
    },
  },
  {
    what: 'another certificate on the registration',
    link: 'registered certificate',
    found: /the certificate of the vault \([\dA-F]{40}\) is not on the app registration, which has 1 other/,
    command: setup,
    break: async (world) => {
      const made = await createCertificate({ subject: 'CN=other' });
      changeApplication(world, { keyCredentials: [keyCredential(made.certificate.raw, 'other')] });
    },
  },
  {
    what: 'no certificate on the registration',
    link: 'registered certificate',
    found: /which has none/,
    command: setup,
    break: (world) => changeApplication(world, { keyCredentials: [] }),
  },
  {
    what: 'an entry on the registration that ended before its certificate',
    link: 'registered certificate',
    found: /it ended there on 2020-01-01, before the certificate itself/,
    command: rotate,
    break: (world) =>
      changeApplication(world, {
        keyCredentials: application(world.state).keyCredentials.map((one) => ({ ...one, endDateTime: '2020-01-01T00:00:00Z' })),
      }),
  },
  {
    what: 'no service principal',
    link: 'service principal',
    found: /the app registration has none in the tenant/,
    command: setup,
    break: (world) => {
      world.state.servicePrincipals.delete(ownPrincipal(world).id);
    },
  },
  {
    what: 'a disabled service principal',
    link: 'service principal',
    found: /it is disabled/,
    command: /^az ad sp update --id 22222222-2222-2222-2222-222222222222 --set accountEnabled=true$/,
    break: (world) => {
      const own = ownPrincipal(world);
      world.state.servicePrincipals.set(own.id, { ...own, accountEnabled: false });
    },
  },
  {
    what: 'an API that the tenant does not have',
    link: 'API',
    about: 'api://orders',
    found: /the tenant has no API of this name, so that no token is given for api:\/\/orders/,
    command: /^az ad sp list --filter "servicePrincipalNames\/any\(n:n eq 'api:\/\/orders'\)"$/,
    break: ({ state }) => {
      removeWhere(state.applications, ({ identifierUris }) => identifierUris.includes('api://orders'));
    },
  },
  {
    what: 'an API that is disabled in the tenant',
    link: 'API',
    about: 'Microsoft Graph',
    found: /it is disabled in the tenant/,
    command: /^az ad sp update --id 00000003-0000-0000-c000-000000000000 --set accountEnabled=true$/,
    break: ({ state }) => {
      const found = principalByAppId(state, '00000003-0000-0000-c000-000000000000');
      if (found) state.servicePrincipals.set(found.id, { ...found, accountEnabled: false });
    },
  },
  {
    what: 'no consent',
    link: 'permissions',
    about: 'SharePoint',
    found: /nobody has consented to Sites\.Selected on SharePoint$/,
    command: setup,
    break: (world) => withdraw(world, sharePoint),
  },
  {
    what: 'the role on the wrong API',
    link: 'permissions',
    about: 'SharePoint',
    found:
      /nobody has consented to Sites\.Selected on SharePoint: Sites\.Selected is there on Microsoft Graph, which counts there alone/,
    command: setup,
    break: (world) => {
      withdraw(world, sharePoint);
      grant(world, graph, 'Sites.Selected');
    },
  },
  {
    what: 'a host of whose API the spec asks nothing, and that nobody consented to',
    link: 'permissions',
    about: 'Microsoft Graph',
    found: /the app has no permission on Microsoft Graph, whose tokens are refused without one/,
    command: setup,
    break: (world) => withdraw(world, graph),
    spec: {
      appRegistration: { ...healthySpec.appRegistration, permissions: healthySpec.appRegistration.permissions.slice(0, 1) },
    },
  },
  {
    what: 'no right on the site',
    link: 'site',
    about: site,
    found: /the app has Sites\.Selected, and no right on this site/,
    command: setup,
    break: ({ state }) => state.sitePermissions.clear(),
  },
  {
    what: 'a right on another site',
    link: 'site',
    about: site,
    found: /no right on this site/,
    command: setup,
    break: ({ state }) => {
      const siteId = siteIdOf('https://contoso.sharepoint.com/sites/it');
      for (const [id, one] of state.sitePermissions) state.sitePermissions.set(id, { ...one, siteId });
    },
  },
  {
    what: 'too weak a right on the site',
    link: 'site',
    about: site,
    found: /the app has the right read there, and needs write/,
    command: setup,
    spec: {
      appRegistration: {
        ...healthySpec.appRegistration,
        permissions: [
          { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: site, role: 'write' }] },
          { api: 'graph', roles: ['User.Read.All'] },
        ],
      },
    },
  },
  {
    what: 'a role for all sites that only reads, where something is changed',
    link: 'site',
    about: site,
    found: /Sites\.Read\.All gives no right to change a site/,
    command: setup,
    break: (world) => {
      withdraw(world, sharePoint);
      grant(world, sharePoint, 'Sites.Read.All');
    },
    spec: {
      appRegistration: {
        ...healthySpec.appRegistration,
        permissions: [
          { api: 'sharepoint', roles: ['Sites.Read.All'], sites: [{ url: site, role: 'write' }] },
          { api: 'graph', roles: ['User.Read.All'] },
        ],
      },
    },
  },
  {
    what: 'a Logic App that is not there',
    link: 'Logic App',
    found: /hr-lists is not in rg-flows-dev/,
    command: deploy,
    break: ({ state }) => {
      state.resources.delete(workflowId);
    },
  },
  {
    what: 'a disabled Logic App',
    link: 'state',
    found: /hr-lists is disabled/,
    command: deploy,
    break: (world) => changeResource(world, workflowId, () => ({ state: 'Disabled' })),
  },
  ...(
    [
      ['tenantId', '99999999-9999-9999-9999-999999999999', /the tenant of Get_lists is "9{8}-.*", and the spec says "1{8}-/],
      ['clientId', '99999999-9999-9999-9999-999999999999', /the client id of Get_lists is "9{8}-/],
      [
        'getListsAudience',
        'https://fabrikam.sharepoint.com',
        /the audience of Get_lists is "https:\/\/fabrikam\.sharepoint\.com"/,
      ],
      ['certificateName', 'old-cert', /the certificate of Get_lists is "old-cert", and the spec says "sharepoint-cert"/],
    ] as const
  ).map(
    ([name, value, found]): Break => ({
      what: `another ${name} in what is deployed`,
      link: 'values',
      found,
      command: deploy,
      break: (world) => changeParameter(world, name, value),
    }),
  ),
  {
    what: 'a client id that somebody wrote into the action itself',
    link: 'values',
    found: /the client id of Get_lists is "99999999-/,
    command: deploy,
    break: (world) =>
      changeAction(world, 'Get_lists', (action) => {
        Object.assign(member(action, 'inputs', 'authentication') as object, { clientId: '99999999-9999-9999-9999-999999999999' });
      }),
  },
  {
    what: 'a secret that is read by another connection',
    link: 'values',
    found: /the connection of Get_lists is "other", and the spec says "keyvault"/,
    command: deploy,
    break: (world) =>
      changeResource(world, workflowId, ({ definition, parameters }) => {
        const all = member(parameters, '$connections', 'value') as Record<string, object>;
        const [key = ''] = Object.keys(all);
        all.other = { ...all[key], connectionId: connection.replace(/[^/]+$/, 'other') };
        return { parameters, definition: JSON.parse(JSON.stringify(definition).replaceAll(`['${key}']`, "['other']")) };
      }),
  },
  {
    what: 'a connection that stands under another key',
    link: 'connection',
    found: /the workflow does not use keyvault-kv-contoso-dev with its managed identity/,
    command: deploy,
    break: (world) =>
      changeResource(world, workflowId, ({ parameters }) => {
        const all = member(parameters, '$connections', 'value') as Record<string, object>;
        const [key = ''] = Object.keys(all);
        all.idle = all[key] ?? {};
        all[key] = { ...all[key], connectionId: connection.replace(/[^/]+$/, 'other') };
        return { parameters };
      }),
  },
  {
    what: 'a pinned version in the deployed path',
    link: 'values',
    found: /the version of the certificate of Get_lists is "abc", and the spec says "newest"/,
    command: deploy,
    break: (world) => pinVersion(world, 'abc'),
  },
  {
    what: 'no connection',
    link: 'connection',
    found: /keyvault-kv-contoso-dev is not there/,
    command: deploy,
    break: ({ state }) => {
      state.resources.delete(connection);
    },
  },
  {
    what: "a person's connection",
    link: 'connection',
    found: /signs in as "jane@contoso\.com"/,
    command: deploy,
    break: (world) =>
      changeResource(world, connection, () => ({
        parameterValueType: undefined,
        parameterValueSet: { name: 'oauth', values: { vaultName: { value: 'kv-contoso-dev' } } },
        authenticatedUser: { name: 'jane@contoso.com' },
      })),
  },
  {
    what: 'a connection that nobody has signed in to',
    link: 'connection',
    found: /is not ready \(Unauthenticated: This connection is not authenticated\.\)/,
    command: deploy,
    break: (world) => changeResource(world, connection, () => ({ parameterValueType: undefined })),
  },
  {
    what: 'a connection to another vault',
    link: 'connection',
    found: /is for the vault "kv-other", and the spec says kv-contoso-dev/,
    command: deploy,
    break: (world) => changeResource(world, connection, () => ({ alternativeParameterValues: { vaultName: 'kv-other' } })),
  },
  {
    what: 'a connection of the wrong kind',
    link: 'connection',
    found: /is of kind V2, and V1 is needed/,
    command: deploy,
    break: (world) => changeResource(world, connection, () => ({}), { kind: 'V2' }),
  },
  {
    what: 'a workflow that uses the connection without its identity',
    link: 'connection',
    found: /the workflow does not use keyvault-kv-contoso-dev with its managed identity/,
    command: deploy,
    break: (world) =>
      changeResource(world, workflowId, (properties) => {
        const used = member(properties, 'parameters', '$connections', 'value', 'keyvault') as Record<string, unknown>;
        delete used.connectionProperties;
        return {};
      }),
  },
  {
    what: 'a workflow without an identity',
    link: 'access to the vault',
    found: /there is no identity that could/,
    command: deploy,
    break: (world) => changeResource(world, workflowId, () => ({}), { identity: undefined }),
  },
  {
    what: 'an identity without the role',
    link: 'access to the vault',
    found: /the identity [\da-f-]{36} may not read kv-contoso-dev/,
    command: deploy,
    break: (world) => {
      const own = member(world.state.resources.get(workflowId)?.identity, 'principalId');
      removeWhere(
        world.state.resources,
        ({ type, properties }) => /roleAssignments$/.test(type) && properties.principalId === own,
      );
    },
  },
  {
    what: 'a Compose that shows the PFX',
    link: 'secrets',
    found: /"Show" .*Get_secret/,
    command: deploy,
    break: (world) => {
      addAction(world, 'Keep', {
        type: 'Compose',
        inputs: "@body('Get_secret')?['value']",
        runAfter: { Get_secret: ['Succeeded'] },
      });
      addAction(world, 'Show', {
        type: 'Http',
        inputs: { method: 'POST', uri: 'https://contoso.com', body: "@outputs('Keep')" },
        runAfter: { Keep: ['Succeeded'] },
      });
    },
  },
  {
    what: 'outputs of Get secret that are not hidden',
    link: 'secrets',
    found: /Get_secret/,
    command: deploy,
    break: (world) => changeAction(world, 'Get_secret', (action) => delete action.runtimeConfiguration),
  },
  {
    what: 'inputs of a request that are not hidden',
    link: 'secrets',
    found: /Get_lists/,
    command: deploy,
    break: (world) => changeAction(world, 'Get_lists', (action) => delete action.runtimeConfiguration),
  },
  {
    what: 'a suppression that somebody wrote into what is deployed',
    link: 'secrets',
    found: /Get_secret/,
    command: deploy,
    break: (world) =>
      changeAction(world, 'Get_secret', (action) => {
        delete action.runtimeConfiguration;
        action.metadata = { certflow: { ignore: [{ rule: 'get-secret-outputs', reason: 'because' }] } };
      }),
  },
  {
    what: 'a PFX that is wrapped once more',
    link: 'definition',
    found: /pfx/i,
    command: deploy,
    break: (world) =>
      changeAction(world, 'Get_lists', (action) => {
        Object.assign(member(action, 'inputs', 'authentication') as object, { pfx: "@base64(body('Get_secret')?['value'])" });
      }),
  },
];
