import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { assignRole, deleteRoleAssignment, listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { roleDefinitions } from '../../src/emulator/arm/roles.ts';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { certflow } from '../cli/run.ts';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';
import { states, subscription, wholeSpec, world } from './world.ts';

/** A tenant in which the caller has these rights alone. */
async function withRights({ role, ...options }: { role?: 'reader' | 'contributor' } & EmulatorOptions = {}) {
  const w = await world({ graphRoles: [], ...options });
  const scope = `/subscriptions/${subscription}`;
  const { objectId: principalId } = await whoIsSignedIn(w.azure);
  const owner = await listRoleAssignments(w.azure, scope, principalId);
  const there = { name: randomUUID(), scope, principalId, principalType: 'ServicePrincipal' as const };
  if (role) await assignRole(w.azure, { ...there, role: roleDefinitions[role] });
  for (const one of owner) await deleteRoleAssignment(w.azure, one);
  const from = w.requests().length;
  /** What was done of what changes something. */
  const writes = () =>
    w
      .requests()
      .slice(from)
      .filter(({ service, method, answer }) => service !== 'entra' && method !== 'GET' && (answer?.status ?? 500) < 300)
      .map(({ method, url }) => `${method} ${new URL(url).pathname}`)
      .filter((write) => !write.endsWith('/checkNameAvailability'));
  return { ...w, writes };
}

test('without any right every item is shown, with the right that it lacks or what it waits for; nothing is told twice', async () => {
  const { run, writes } = await withRights();
  const { plan, items, outcome } = await run();
  expect(plan).toHaveLength(12);
  expect(plan.map(({ state }) => state)).toEqual(Array(12).fill('cannot tell'));
  for (const told of [plan, items ?? []]) {
    const details = told.map(({ detail = '' }) => detail);
    for (const detail of details) expect(detail).toMatch(/\(403\): .*\nIt takes .*; .* can give it\.$|^waits for the [^\n]*$/);
    expect(details.filter((detail) => detail.startsWith('Reading the vault'))).toHaveLength(1);
    expect(details.filter((detail) => detail.startsWith('Looking for the app registration'))).toHaveLength(1);
  }
  expect(plan.filter(({ detail }) => detail?.startsWith('waits')).map(({ name, detail }) => `${name} ${detail}`)).toEqual([
    'certificate sharepoint-cert waits for the vault kv-contoso-dev',
    'client id in certflow.yaml waits for the app registration "HR lists reader"',
    'certificate sharepoint-cert on the app registration waits for the app registration "HR lists reader"',
    'service principal of the app registration waits for the app registration "HR lists reader"',
  ]);
  expect([outcome, items?.map((item) => item.outcome)]).toEqual(['incomplete', Array(12).fill('failed')]);
  expect(writes()).toEqual([]);
});

test('whoever may look and not make anything gets the same of what would be made', async () => {
  const { run, writes } = await withRights({ role: 'reader', graphRoles: ['Directory.Read.All', 'Sites.FullControl.All'] });
  const { plan, items } = await run();
  expect(states(plan).slice(0, 4)).toEqual([
    'to create resource group rg-shared',
    'to create vault kv-contoso-dev',
    'to create certificate sharepoint-cert',
    'to create app registration "HR lists reader"',
  ]);
  const failed = items?.filter((item) => item.outcome === 'failed') ?? [];
  expect(failed.map(({ name, detail = '' }) => [name, detail.split('\n').at(-1)])).toEqual([
    ['resource group rg-shared', expect.stringMatching(/^It takes the role Contributor on the subscription/)],
    ['vault kv-contoso-dev', expect.stringMatching(/^It takes the role Contributor or Key Vault Contributor/)],
    ['certificate sharepoint-cert', 'The certificate waits for the vault kv-contoso-dev.'],
    ['app registration "HR lists reader"', expect.stringMatching(/^It takes the Entra role Application Developer/)],
    ...Array(6).fill([expect.anything(), expect.stringMatching(/waits for the/)]),
    [expect.stringContaining('flows@contoso.com'), 'This waits for the vault kv-contoso-dev, which is not there.'],
  ]);
  expect(writes()).toEqual([]);
});

test('what does not depend on a missing right is done: the registration without the vault, the vault without the registration', async () => {
  const graphRoles = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Sites.FullControl.All', 'User.Read.All'];
  const done = (items: Awaited<ReturnType<Awaited<ReturnType<typeof world>>['run']>>['items'], part: string) =>
    items?.filter((item) => item.part === part).map(({ outcome }) => outcome);
  const entra = await (await withRights({ graphRoles })).run();
  expect([entra.outcome, done(entra.items, 'vault')]).toEqual(['incomplete', ['failed', 'failed', 'failed']]);
  expect(done(entra.items, 'entra')).toEqual(['created', 'changed', 'failed', 'created', 'changed', 'created', 'changed']);
  const vault = await (await withRights({ role: 'contributor', graphRoles: ['User.Read.All'] })).run();
  expect(done(vault.items, 'vault')).toEqual(['created', 'created', 'failed']);
  expect(vault.items?.[2]?.detail).toMatch(/It takes the role Owner/);
  expect(new Set(done(vault.items, 'entra'))).toEqual(new Set(['failed']));
});

test('the command says the same, and ends with 1; --json has every item', async () => {
  const { cloudFile } = await withRights();
  const spec = `${folderOf({ 'certflow.yaml': { ...baseSpec, ...wholeSpec } })}/certflow.yaml`;
  const run = (...args: string[]) => certflow('setup', spec, '--cloud-file', cloudFile, ...args);
  const text = await run('--yes');
  expect([text.code, text.stdout.match(/It takes /g)?.length, text.stdout.match(/waits for the/g)?.length]).toEqual([1, 8, 4]);
  expect(text.stderr).toContain('Not everything could be done. Run the same command again when that is mended');
  const json = await run('--yes', '--json');
  expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
    1,
    { outcome: 'incomplete', items: Array(12).fill({ outcome: 'failed' }) },
  ]);
  const planned = await run('--plan', '--json');
  expect(JSON.parse(planned.stdout)).toMatchObject({ outcome: 'planned', plan: Array(12).fill({ state: 'cannot tell' }) });
});
