import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseSpec, type Spec } from '../src/index.ts';
import { aimOf } from '../src/setup/wanted.ts';

type Environment = Spec['environments'] extends ReadonlyMap<string, infer Value> ? Value : never;
type Permission = NonNullable<Environment['appRegistration']['permissions']>[number];

/** What lets a request through: a permission on the whole tenant, or Sites.Selected with a role on the site. */
interface Need {
  readonly request: RegExp;
  readonly api: string;
  readonly role: string;
  /** The site's address, and the roles on it that are enough; absent where Sites.Selected opens nothing. */
  readonly site?: { readonly url: string; readonly roles: readonly string[] };
  readonly source: string;
}

const reading = ['read', 'write', 'manage', 'fullcontrol'];
const writing = reading.slice(1);

/** The least that the requests of the examples need, by method and address. Sites.Selected: https://learn.microsoft.com/graph/permissions-selected-overview. */
const needs: readonly Need[] = [
  {
    request: /^GET https:\/\/contoso\.sharepoint\.com\/sites\/hr\/_api\/web\/lists$/,
    api: 'sharepoint',
    role: 'Sites.Read.All',
    site: { url: 'https://contoso.sharepoint.com/sites/hr', roles: reading },
    source: 'https://learn.microsoft.com/sharepoint/dev/solution-guidance/security-apponly-azuread',
  },
  {
    request: /^GET https:\/\/graph\.microsoft\.com\/v1\.0\/users\//,
    api: 'graph',
    role: 'User.Read.All',
    source: 'https://learn.microsoft.com/graph/api/user-get#permissions',
  },
  {
    request: /^POST https:\/\/graph\.microsoft\.com\/v1\.0\/sites\/root\/lists\/[^/]+\/items$/,
    api: 'graph',
    role: 'Sites.ReadWrite.All',
    site: { url: 'https://contoso.sharepoint.com', roles: writing },
    source: 'https://learn.microsoft.com/graph/api/listitem-create#permissions',
  },
  ...['api://44444444-4444-4444-4444-444444444444', 'api://66666666-6666-6666-6666-666666666666'].map((api) => ({
    request: /^GET https:\/\/orders\.contoso\.(com|us)\/api\/orders$/,
    api,
    // An API of one's own names its application roles itself, and finds them in the token.
    role: 'Orders.Read.All',
    source: 'https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps',
  })),
];

/** What the requests of a spec need and its registration does not have, as `request: role on api`; and requests that the table lacks. */
function missing(spec: Spec): string[] {
  return [...spec.environments.values()].flatMap(({ addresses, appRegistration }) =>
    spec.requests.flatMap(({ method, signIn }, index) => {
      if (signIn !== 'entra') return [];
      const { url, audience } = addresses[index] ?? {};
      const request = `${method} ${typeof url === 'object' ? Object.values(url)[0] : url}`;
      const own = audience?.startsWith('api://') ? audience : undefined;
      const need = needs.find((one) => one.request.test(request) && (own === undefined || one.api === own));
      if (!need) return [`${request}: not in the table`];
      const has = (appRegistration.permissions ?? []).some((permission) => covers(permission, need));
      return has ? [] : [`${request}: ${need.role} on ${need.api}`];
    }),
  );
}

function covers({ api, roles, sites = [] }: Permission, need: Need): boolean {
  if (api !== need.api) return false;
  if (roles.includes(need.role)) return true;
  const { site } = need;
  return roles.includes('Sites.Selected') && site !== undefined
    ? sites.some(({ url, role }) => url.replace(/\/$/, '') === site.url && site.roles.includes(role))
    : false;
}

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const examples = readdirSync(folder).filter((name) => name.endsWith('.certflow.yaml'));
const textOf = (name: string) => readFileSync(`${folder}${name}`, 'utf8');

test.each(examples)('%s has the permissions that its requests need, and can be set up with them', (name) => {
  const spec = parseSpec(textOf(name), { file: name });
  expect(missing(spec)).toEqual([]);
  for (const environment of spec.environments.values()) expect(aimOf(spec, environment).application?.permissions).not.toEqual([]);
});

test.each([
  ['graph.certflow.yaml', ', Sites.Selected', '', ['Sites.ReadWrite.All on graph']],
  ['graph.certflow.yaml', 'role: write', 'role: read', ['Sites.ReadWrite.All on graph']],
  ['graph.certflow.yaml', 'sharepoint.com, role', 'sharepoint.com/sites/x, role', ['Sites.ReadWrite.All on graph']],
  ['sharepoint.certflow.yaml', '/sites/hr, role', '/sites/it, role', Array(2).fill('Sites.Read.All on sharepoint')],
  [
    'custom-api.certflow.yaml',
    'roles: [Orders.Read.All]',
    'roles: [Orders.Write]',
    ['Orders.Read.All on api://44444444-4444-4444-4444-444444444444'],
  ],
])('%s without %s would be told of', (name, before, after, expected) => {
  const text = textOf(name);
  expect(text).toContain(before);
  const found = missing(parseSpec(text.replace(before, after)));
  expect(found).toEqual(expected.map((one) => expect.stringMatching(one)));
});
