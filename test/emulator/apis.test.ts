import { expect, test } from 'vitest';
import { siteIdOf } from '../../src/emulator/graph/sites.ts';
import { answerOfApi } from '../../src/emulator/runs/api.ts';
import { State } from '../../src/emulator/state.ts';

const lists = 'https://contoso.sharepoint.com/sites/hr/_api/web/lists';
const audience = 'https://contoso.sharepoint.com';
const graph = 'https://graph.microsoft.com';

function status(method: string, address: string, roles: readonly string[], options: { role?: string; audience?: string } = {}) {
  const state = new State();
  const { role, audience: given = audience } = options;
  const siteId = siteIdOf('https://contoso.sharepoint.com/sites/hr');
  if (role) state.sitePermissions.set('1', { id: '1', siteId, roles: [role], application: { id: 'A', displayName: '' } });
  return answerOfApi({ state }, { method, url: new URL(address), token: { audience: given, appId: 'a', roles } }).status;
}

test('SharePoint lets in by its roles, and with Sites.Selected by rights on that site', () => {
  expect(status('GET', lists, [])).toBe(401);
  expect(status('GET', lists, ['Sites.Selected'])).toBe(403);
  expect(status('GET', lists, ['Sites.Selected'], { role: 'read' })).toBe(200);
  expect(status('GET', lists.replace('/hr/', '/it/'), ['Sites.Selected'], { role: 'read' })).toBe(403);
  expect(status('PATCH', lists, ['Sites.Selected'], { role: 'read' })).toBe(403);
  expect(status('PATCH', lists, ['Sites.Selected'], { role: 'write' })).toBe(200);
  expect(status('POST', lists, ['Sites.Read.All'])).toBe(403);
  expect(status('POST', 'https://contoso.sharepoint.com/sites/hr/_api/contextinfo', ['Sites.Read.All'])).toBe(200);
  expect(status('PATCH', lists, ['Sites.Read.All'])).toBe(403);
  expect(status('GET', lists, ['Sites.FullControl.All'], { audience: graph })).toBe(401);
});

test('Graph lets nobody in without a role, and to a site as SharePoint does', () => {
  const users = `${graph}/v1.0/users`;
  const site = `${graph}/v1.0/sites/contoso.sharepoint.com:/sites/hr:/lists`;
  expect(status('GET', users, [], { audience: graph })).toBe(403);
  expect(status('GET', users, ['User.Read.All'], { audience: graph })).toBe(200);
  expect(status('GET', site, ['Sites.Selected'], { audience: graph })).toBe(403);
  expect(status('GET', site, ['Sites.Selected'], { audience: graph, role: 'read' })).toBe(200);
});

test('any other API lets everybody in', () => {
  expect(status('GET', 'https://orders.contoso.com/all', [], { audience: 'api://orders' })).toBe(200);
});
