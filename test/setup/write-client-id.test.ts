import { expect, test } from 'vitest';
import { parseSpec } from '../../src/index.ts';
import { withClientId } from '../../src/setup/write-client-id.ts';

const clientId = '22222222-2222-2222-2222-222222222222';
const other = '99999999-9999-9999-9999-999999999999';
const tenant = '11111111-1111-1111-1111-111111111111';

/** A spec whose registration stands as given; `more` at its end. */
const text = (registration: string, more = '') => `# A comment at the top
name:   hr-lists   # odd spaces stay
trigger: { manual: {} }
${registration}
vault: kv-contoso-dev
certificate: sharepoint-cert
requests:
  - { name: Get lists, url: "https://contoso.sharepoint.com/_api/web/lists" }
${more}`;

const written = (before: string, environment = '') => withClientId(parseSpec(before), environment, clientId);

test.each([
  [`appRegistration: { tenantId: ${tenant} }`, `appRegistration: { tenantId: ${tenant}, clientId: ${clientId} }`],
  [
    `appRegistration:   # who signs in\n    tenantId: ${tenant}   # ours\n    displayName: HR`,
    `appRegistration:   # who signs in\n    tenantId: ${tenant}   # ours\n    clientId: ${clientId}\n    displayName: HR`,
  ],
  [
    `appRegistration: { tenantId: ${tenant}, clientId: ${other} } # x`,
    `appRegistration: { tenantId: ${tenant}, clientId: ${clientId} } # x`,
  ],
  [
    `appRegistration: {\n  "tenantId": "${tenant}"\n}`,
    `appRegistration: {\n  "tenantId": "${tenant}",\n  "clientId": "${clientId}"\n}`,
  ],
])('one line changes, all else stays as it is (%#)', (before, after) => {
  expect(written(text(before))).toBe(text(after));
  expect(written(text(before).replaceAll('\n', '\r\n'))).toBe(text(after).replaceAll('\n', '\r\n'));
});

test('where environments have registrations of their own, it goes into the environment', () => {
  const base = `appRegistration: { displayName: HR }`;
  const before = text(
    base,
    `environments:\n  dev: { appRegistration: { tenantId: ${tenant} } }\n  prod:\n    appRegistration:\n      tenantId: ${other}\n`,
  );
  const dev = written(before, 'dev');
  expect(dev).toBe(before.replace(`{ tenantId: ${tenant} }`, `{ tenantId: ${tenant}, clientId: ${clientId} }`));
  const { environments } = parseSpec(dev);
  expect([...environments.values()].map(({ appRegistration }) => appRegistration.clientId)).toEqual([clientId, undefined]);
  expect(written(before, 'prod')).toContain(`      tenantId: ${other}\n      clientId: ${clientId}\n`);
});

test('an environment without a word about it gets a group of its own, and the other ones nothing', () => {
  const before = text(
    `appRegistration: { tenantId: ${tenant} }`,
    `environments:\n  dev: {} # ours\n  prod: { appRegistration: { displayName: HR prod } }\n`,
  );
  const after = written(before, 'dev');
  expect(after).toContain('# A comment at the top');
  expect(after).toContain('# ours');
  const { environments } = parseSpec(after);
  expect([...environments.values()].map(({ appRegistration }) => appRegistration.clientId)).toEqual([clientId, undefined]);
});

test('an alias is not written into: what it stands for keeps its value', () => {
  const before = text(
    `appRegistration: &shared { tenantId: ${tenant} } # shared`,
    'environments:\n  dev: { appRegistration: *shared }\n  prod: { appRegistration: { displayName: HR prod } }\n',
  );
  const { environments } = parseSpec(written(before, 'dev'));
  expect(environments.get('dev')?.appRegistration.clientId).toBe(clientId);
  expect(environments.get('prod')?.appRegistration.clientId).toBeUndefined();
});

test('JSON stays JSON', () => {
  const before = JSON.stringify({
    name: 'a',
    trigger: { manual: {} },
    appRegistration: { tenantId: tenant },
    vault: 'kv-contoso-dev',
    certificate: 'c',
    requests: [{ name: 'R', url: 'https://graph.microsoft.com/v1.0/users' }],
  });
  expect(JSON.parse(written(before)).appRegistration).toEqual({ tenantId: tenant, clientId });
});

const registration = `appRegistration: { tenantId: ${tenant}, clientId: ${other} }`;

test.each([
  ['environments:\n  prod: {}\n  local: {}   # mine\n', `  local: { appRegistration: { clientId: ${clientId} } }   # mine`],
  ['environments: { prod: {}, local: { } }\n', `, local: { appRegistration: { clientId: ${clientId} } } }`],
  [
    'environments:\n  local: { certificate: mine }\n  prod: {}\n',
    `  local: { appRegistration: { clientId: ${clientId} }, certificate: mine }\n`,
  ],
  [
    'environments:\n  local:\n    # Of one developer.\n    certificate: mine\n  prod: {}\n',
    `    # Of one developer.\n    appRegistration: { clientId: ${clientId} }\n    certificate: mine\n`,
  ],
  [
    `environments:\n  local:\n    appRegistration:\n      displayName: Mine\n`,
    `    appRegistration:\n      displayName: Mine\n      clientId: ${clientId}\n`,
  ],
  ['"environments": {\n  "local": {}\n}\n', `  "local": { "appRegistration": { "clientId": "${clientId}" } }\n`],
])("a developer's machine has an id of its own, and all else stays as it is (%#)", (environments, expected) => {
  for (const lineBreak of ['\n', '\r\n']) {
    const before = text(registration, environments).replaceAll('\n', lineBreak);
    const after = written(before, 'local');
    expect(after).toContain(expected.replaceAll('\n', lineBreak));
    expect(after.length - before.length).toBeLessThan(100);
    const [head] = text(registration).replaceAll('\n', lineBreak).split('requests');
    expect(after.startsWith(head ?? '')).toBe(true);
    const ids = [...parseSpec(after).environments.values()].map(({ name, appRegistration }) => [name, appRegistration.clientId]);
    expect(Object.fromEntries(ids).local).toBe(clientId);
    expect(Object.fromEntries(ids).prod ?? other).toBe(other);
  }
});
