import { expect, test } from 'vitest';
import { mistakes, specOf, specText } from '../specs.ts';

const clientId = '22222222-2222-2222-2222-222222222222';
const tenantId = '11111111-1111-1111-1111-111111111111';
const permissions = [{ api: 'graph', roles: ['User.Read.All'] }];
const shared = { tenantId, clientId, displayName: 'HR lists reader', permissions };

const local = (own: object, overrides: object = {}) =>
  specOf({ appRegistration: shared, ...overrides, environments: { dev: {}, local: own } }).environments.get('local');

test('it takes tenant and permissions of the shared app registration, and never who signs in', () => {
  expect(local({})?.appRegistration).toEqual({ tenantId, permissions, displayName: 'HR lists reader (local)' });
  const own = { clientId: '99999999-9999-9999-9999-999999999999', displayName: 'Mine', permissions: [] };
  expect(local({ appRegistration: own })?.appRegistration).toEqual({ tenantId, ...own });
  expect(local({}, { appRegistration: { tenantId } })?.appRegistration.displayName).toBe('hr-lists (local)');
});

test('its certificate is a file: no vault, no version, and a name of its own', () => {
  const pinned = { certificate: { name: 'sharepoint-cert', version: 'a'.repeat(32) } };
  expect(local({}, pinned)).toMatchObject({ vault: { name: '' }, certificate: { name: 'hr-lists-local' } });
  expect(local({ certificate: 'mine' })?.certificate).toEqual({ name: 'mine' });
  // Where each environment has a vault of its own, it needs none.
  const each = specText('environments: { dev: { vault: kv-contoso-dev }, local: {} }').replace(/^vault: .*\n/m, '');
  expect(mistakes(each)).toEqual([]);
  expect(mistakes(each.replace('local', 'test'))).toEqual([expect.stringContaining('the vault has no name')]);
});

test('what it cannot use is told of', () => {
  const { notes } = specOf({
    environments: { dev: {}, local: { vault: 'kv-local', targets: { appService: { site: 'app-local' } } } },
  });
  expect(notes.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
    "/environments/local/vault local is a developer's machine, whose certificate is a file: no vault is used there",
    "/environments/local/targets local is a developer's machine, whose certificate is a file: nothing is deployed there",
  ]);
});
