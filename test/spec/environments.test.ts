import { expect, test } from 'vitest';
import { mistakes, specOf, specText } from '../specs.ts';

const environment = (overrides: object, name = '') => specOf(overrides).environments.get(name);

test('a spec without environments has one without a name', () => {
  expect([...specOf({}).environments.keys()]).toEqual(['']);
});

test('an environment overrides single keys of a group and leaves the rest', () => {
  const environments = {
    dev: {},
    prod: {
      vault: { name: 'kv-contoso-prod' },
      targets: { consumption: { resourceGroup: 'rg-flows-prod' } },
      appRegistration: { clientId: '44444444-4444-4444-4444-444444444444' },
    },
  };
  expect(environment({ environments }, 'dev')?.vault).toMatchObject({ name: 'kv-contoso-dev', resourceGroup: 'rg-shared' });
  expect(environment({ environments }, 'prod')).toMatchObject({
    vault: {
      name: 'kv-contoso-prod',
      url: 'https://kv-contoso-prod.vault.azure.net',
      resourceGroup: 'rg-shared',
      access: 'rbac',
    },
    appRegistration: { tenantId: '11111111-1111-1111-1111-111111111111', clientId: '44444444-4444-4444-4444-444444444444' },
    targets: { consumption: { resourceGroup: 'rg-flows-prod', location: 'westeurope' } },
  });
});

test.each([
  ['text over a group', { name: 'kv-contoso-dev', resourceGroup: 'rg-shared' }, 'kv-contoso-prod'],
  ['a group over text', 'kv-contoso-dev', { resourceGroup: 'rg-shared', name: 'kv-contoso-prod' }],
])('a vault as %s', (_, vault, over) => {
  expect(environment({ vault, environments: { prod: { vault: over } } }, 'prod')?.vault).toMatchObject({
    name: 'kv-contoso-prod',
    resourceGroup: 'rg-shared',
  });
});

test('a group over text keeps the name', () => {
  expect(
    environment({ vault: 'kv-contoso-dev', environments: { prod: { vault: { resourceGroup: 'rg-prod' } } } }, 'prod')?.vault,
  ).toMatchObject({ name: 'kv-contoso-dev', resourceGroup: 'rg-prod' });
});

test('a certificate is overridden whole: a version belongs to one name', () => {
  const version = 'a'.repeat(32);
  const environments = { dev: {}, prod: { certificate: { name: 'other-cert', version: 'b'.repeat(32) } } };
  const spec = { certificate: { name: 'sharepoint-cert', version }, environments };
  expect(environment(spec, 'prod')?.certificate).toEqual({ name: 'other-cert', version: 'b'.repeat(32) });
  expect(environment(spec, 'dev')?.certificate).toEqual({ name: 'sharepoint-cert', version });
});

test.each([
  ['a name', 'kv-contoso-dev'],
  ['an address', 'https://kv-contoso-dev.vault.azure.net/'],
  ['an address without scheme', 'kv-contoso-dev.vault.azure.net'],
  ['a group with an address', { name: 'https://kv-contoso-dev.vault.azure.net' }],
])('the vault as %s', (_, vault) => {
  expect(environment({ vault })?.vault).toMatchObject({ name: 'kv-contoso-dev', url: 'https://kv-contoso-dev.vault.azure.net' });
});

test('a pasted certificate identifier names its vault and its version', () => {
  const version = '0123456789ABCDEF0123456789ABCDEF';
  expect(
    environment({ vault: undefined, certificate: `https://kv-other.vault.azure.net/certificates/my-cert/${version}` }),
  ).toMatchObject({
    vault: { name: 'kv-other' },
    certificate: { name: 'my-cert', version: version.toLowerCase() },
  });
  expect(environment({ certificate: { name: 'https://kv-contoso-dev.vault.azure.net/secrets/my-cert' } })?.certificate).toEqual({
    name: 'my-cert',
    identifier: 'https://kv-contoso-dev.vault.azure.net/secrets/my-cert',
  });
});

test('the vault of another cloud', () => {
  expect(
    environment({ cloud: 'china', requests: [{ name: 'A', url: 'https://a.example', audience: 'api://a' }] })?.vault?.url,
  ).toBe('https://kv-contoso-dev.vault.azure.cn');
});

test.each([
  [
    'certificate: https://kv-other.vault.azure.net/certificates/c',
    'the certificate identifier names the vault "kv-other", but vault is "kv-contoso-dev"',
  ],
  [
    'certificate: https://kv-contoso-dev.vault.azure.cn/certificates/c',
    "the vault's address belongs to the cloud china, but cloud is public",
  ],
  ['certificate: my cert', '"my cert" is neither the name nor the identifier of a certificate'],
  [
    'vault: https://kv-contoso-dev.vault.azure.net/secrets/x',
    '"https://kv-contoso-dev.vault.azure.net/secrets/x" is the address of something in a vault, not of the vault',
  ],
  ['appRegistration: {}', 'the tenant is missing'],
  [
    `certificate: { name: "https://kv-contoso-dev.vault.azure.net/certificates/c/${'a'.repeat(32)}", version: ${'b'.repeat(32)} }`,
    'the identifier and version name two different versions',
  ],
])('%s: %s', (line, message) => {
  const key = line.slice(0, line.indexOf(':'));
  expect(mistakes(specText().replace(new RegExp(`^${key}:.*$`, 'm'), line))).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['dev: {}\n  prod: { requests: [{ name: Get list, url: "https://x.example/" }] }', '13:30 there is no request "Get list"'],
  [
    'dev: { targets: { consumption: { actions: {} } } }',
    '12:36 actions cannot differ by environment: the definition is the same in all of them',
  ],
  [
    `dev: {}\n  prod: { certificate: { name: c, version: ${'a'.repeat(32)} } }`,
    "13:24 the certificate's version is pinned in prod but not in dev, and the definition is the same in all environments",
  ],
  [
    'dev: { requests: [{ name: Get lists, url: "http://contoso.sharepoint.com/" }] }',
    '12:45 the address starts with http://: the token would travel in the clear',
  ],
])('environments: %s', (lines, message) => {
  expect(mistakes(specText(`environments:\n  ${lines}`))).toEqual([message]);
});

test.each([
  ['url: https://api.contoso.com/x', 'the audience is missing, and the address does not tell it'],
  ['url: { template: "https://contoso.sharepoint.com@{x()}/" }', 'the audience is missing, and the address does not tell it'],
  ['url: { expression: "triggerBody()" }', 'the audience is missing, and the address does not tell it'],
  ['url: "https://contoso.sharepoint.com/@{x()}"', 'the address holds @{…}, which plain text takes as it is'],
  ['url: https://user:pw@contoso.sharepoint.com/', 'an address holds no user name and no password'],
  ['url: ftp://contoso.sharepoint.com/', '"ftp://contoso.sharepoint.com/" is not an address'],
  ['url: https://contoso.sharepoint.us/', 'contoso.sharepoint.us belongs to the cloud usGovernment, but cloud is public'],
  [
    'url: https://contoso.sharepoint.com/\n    signIn: clientCertificate\n    audience: api://x',
    'a request with signIn: clientCertificate asks for no token, so it has no audience',
  ],
])('a request with %s: %s', (lines, message) => {
  expect(mistakes(specText('', lines))).toEqual([expect.stringContaining(message)]);
});

test('the audience is told by the fixed part of a template', () => {
  const url = { template: 'https://contoso.sharepoint.com/sites/@{triggerBody()}' };
  expect(environment({ requests: [{ name: 'A', url }] })?.addresses).toEqual([
    { url, audience: 'https://contoso.sharepoint.com' },
  ]);
});

test('an address that environments override is plain text everywhere', () => {
  const text = specText(
    'environments:\n  dev: { requests: [{ name: Get lists, url: https://contoso.sharepoint.com/x }] }',
    'url: { template: "https://contoso.sharepoint.com/@{x()}" }',
  );
  expect(mistakes(text)).toEqual(['8:10 an address that environments override cannot be an expression']);
});

test('no tenant is asked for where no request signs in to Entra', () => {
  const requests = [{ name: 'A', url: 'https://partner.example/', signIn: 'clientCertificate' }];
  expect(environment({ appRegistration: undefined, requests })?.addresses).toEqual([{ url: 'https://partner.example/' }]);
});
