import { expect, test } from 'vitest';
import type { Azure } from '../../src/azure/azure.ts';
import { listOperations } from '../../src/azure/deployments.ts';
import { findApplications, listGrantedRoles } from '../../src/azure/graph.ts';
import { mostPages, Pages } from '../../src/azure/pages.ts';
import { listPermissions, listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { listRunActions, listRuns, listTriggers, readFailures } from '../../src/azure/runs.ts';
import { listVersions } from '../../src/azure/vault-certificates.ts';
import { listUsersOf } from '../../src/azure/workflows.ts';
import { type Answer, errorOf, loopback, type Received, signedIn, wholeProfileAt } from './loopback.ts';

const subscription = '33333333-3333-3333-3333-333333333333';
const at = { subscription, resourceGroup: 'rg', name: 'hr' };
const lists: [string, (azure: Azure) => Promise<unknown>][] = [
  ['Logic Apps', (azure) => listUsersOf(azure, subscription, '/c')],
  ['triggers', (azure) => listTriggers(azure, at)],
  ['runs', (azure) => listRuns(azure, at, { top: 500 })],
  ['actions of a run', (azure) => listRunActions(azure, at, '1')],
  ['failures of a run', (azure) => readFailures(azure, at, '1')],
  ['roles', (azure) => listRoleAssignments(azure, `/subscriptions/${subscription}`, 'p')],
  ['rights', (azure) => listPermissions(azure, subscription, 'rg')],
  ['operations of a deployment', (azure) => listOperations(azure, at)],
  ['app registrations', (azure) => findApplications(azure, { displayName: 'HR' })],
  ['consents', (azure) => listGrantedRoles(azure, 'p')],
  ['versions of a certificate', (azure) => listVersions(azure, 'kv-hr', 'hr')],
];

async function cloud(answer: (request: Received, address: string) => Answer) {
  let address = '';
  const server = await loopback((request) => answer(request, address));
  ({ address } = server);
  return { ...server, azure: signedIn(wholeProfileAt(server.address, server.certificate)) };
}

const page = (next: string, value: unknown = []) => ({ status: 200, body: { value, nextLink: next, '@odata.nextLink': next } });

test.each(lists)('pages that lead back are told: %s', async (_, list) => {
  for (const back of ['/a?page=2', undefined]) {
    const { azure, received } = await cloud(({ path }, address) =>
      page(path.includes('page=2') && back === undefined ? `${address}${received[0]?.path}` : `${address}/a?page=2`),
    );
    const error = await errorOf(list(azure));
    expect(error.message).toMatch(
      / was given up: a page of the list names as the next one a page that was read already\.\nLook /,
    );
    expect(received.length).toBeLessThan(5);
  }
});

test.each(lists)('each page is read, and an empty one ends nothing: %s', async (_, list) => {
  const { azure, received } = await cloud(({ path }, address) =>
    path.includes('page=3') ? { status: 200, body: { value: [] } } : page(`${address}/a?page=${path.includes('page=2') ? 3 : 2}`),
  );
  await list(azure);
  expect(received.slice(0, 3).map(({ path }) => /page=\d/.exec(path)?.[0])).toEqual([undefined, 'page=2', 'page=3']);
});

const ownLists = lists.filter(([name]) => /^(app|consents|versions|operations)/.test(name));

// The older SDKs take whatever is in the place of a list for a list of one.
test.each(ownLists)('what is no list is told: %s', async (_, list) => {
  for (const value of ['text', { length: 3 }, 7, [null], ['a']]) {
    const { azure } = await cloud(() => ({ status: 200, body: { value } }));
    const error = await errorOf(list(azure));
    expect(error.message).toMatch(/ was answered with something that is (no list|not what this service says)[.:].*\nLook /);
  }
});

test('a list without end is given up', () => {
  const pages = new Pages();
  for (let number = 0; number < mostPages; number++) pages.take(`/a?page=${number}`);
  expect(() => pages.take('/a?page=more')).toThrow('the list did not end within 1000 pages');
});
