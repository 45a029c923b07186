import { expect, test } from 'vitest';
import { parseSpec } from '../../src/index.ts';

const spec = (permissions: object[], url: string, rest: object = {}) =>
  parseSpec(
    JSON.stringify({
      name: 'hr-lists',
      trigger: { manual: {} },
      appRegistration: {
        tenantId: '11111111-1111-1111-1111-111111111111',
        clientId: '22222222-2222-2222-2222-222222222222',
        permissions,
      },
      vault: { name: 'kv-contoso', resourceGroup: 'rg' },
      certificate: { name: 'hr-cert' },
      requests: [{ name: 'Get lists', url, ...rest }],
    }),
  ).notes.map(({ severity, category, pointer, message }) => `${severity} ${category} ${pointer}: ${message}`);

const site = 'https://contoso.sharepoint.com/sites';
const on = (...names: string[]) => [
  { api: 'sharepoint', roles: ['Sites.Selected'], sites: names.map((name) => ({ url: `${site}/${name}`, role: 'read' })) },
];

test.each<[string, object[], string]>([
  ['the site itself', on('hr'), `${site}/HR/_api/web`],
  ['one of several', on('ops', 'hr'), `${site}/hr/_api/web`],
  ['a right on all sites', [{ api: 'sharepoint', roles: ['Sites.Read.All'] }], `${site}/hr/_api/web`],
  ['no rights said', [], `${site}/hr/_api/web`],
  ['Graph with a right of Graph', [{ api: 'graph', roles: ['User.Read.All'] }], 'https://graph.microsoft.com/v1.0/users'],
])('nothing is said of %s', (_, permissions, url) => {
  expect(spec(permissions, url)).toEqual([]);
});

test.each<[string, object[], string, string]>([
  [
    'another site',
    on('finance'),
    `${site}/ops/_api/web`,
    'the request calls contoso.sharepoint.com/sites/ops, and the only right is on',
  ],
  [
    'a team beside a site',
    on('ops'),
    'https://contoso.sharepoint.com/teams/ops/_api/web',
    'the request calls contoso.sharepoint.com/teams/ops',
  ],
  ['the root site', on('ops'), 'https://contoso.sharepoint.com/_api/web', 'the request calls contoso.sharepoint.com, and'],
  [
    "Graph's right for SharePoint",
    [{ api: 'graph', roles: ['Sites.Read.All'] }],
    `${site}/ops/_api/web`,
    'no right of SharePoint is among permissions',
  ],
  [
    'a chosen site that nobody chose',
    [{ api: 'sharepoint', roles: ['Sites.Selected'] }],
    `${site}/ops/_api/web`,
    'Sites.Selected opens no site by itself',
  ],
])('a warning tells of %s', (_, permissions, url, words) => {
  expect(spec(permissions, url)).toEqual([expect.stringMatching(/^warning correctness /)]);
  expect(spec(permissions, url)[0]).toContain(words);
});

test('a time zone has the name of Windows in a spec too', () => {
  const text = (timeZone: string) =>
    JSON.stringify({
      name: 'hr-lists',
      trigger: { recurrence: { frequency: 'Day', interval: 1, timeZone } },
      appRegistration: { tenantId: '11111111-1111-1111-1111-111111111111' },
      vault: { name: 'kv-contoso', resourceGroup: 'rg' },
      certificate: { name: 'hr-cert' },
      requests: [{ name: 'Get lists', url: `${site}/hr/_api/web` }],
    });
  expect(() => parseSpec(text('Europe/Berlin'))).toThrow('"Europe/Berlin" is not the name that Windows gives to this time zone');
  expect(() => parseSpec(text('W. Europe Standard Time'))).not.toThrow();
});
