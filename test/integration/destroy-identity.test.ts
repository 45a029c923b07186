import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { addRoleAssignment } from '../../src/emulator/arm/role-assignments.ts';
import type { FaultKind } from '../../src/emulator/http/faults.ts';
import { certflow } from '../cli/run.ts';
import { emulator } from '../emulator/start.ts';
import { identityId, identityIn, identitySpec } from '../proofs/identity.ts';
import { wholeSpec } from '../setup/world.ts';
import { specFile } from './cloud.ts';

interface Found {
  readonly what: string;
  readonly name: string;
  readonly staysBecause?: string;
}

const target = { ...identitySpec.targets.consumption, existingIdentity: false };
const alone = { ...identitySpec, requests: identitySpec.requests.slice(0, 2), targets: { consumption: target } };

/** What setup made for a spec, and certflow in front of it. */
async function made(overrides: object = {}) {
  const loopback = await emulator({ validateWorkflow: workflowProblem });
  const spec = specFile({ ...alone, ...overrides });
  const run = (...args: string[]) => certflow(...args, '--cloud-file', loopback.cloudFile);
  const first = await run('setup', spec, '--yes');
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('Done.')]);
  const json = async (...args: string[]) => {
    const { code, stdout } = await run('destroy', spec, '--setup', '--json', ...args);
    const found = (JSON.parse(stdout).setups as { found: Found[] }[]).flatMap((one) => one.found);
    return { code, found, why: found.find(({ what }) => what === 'managed identity')?.staysBecause };
  };
  const { state } = loopback;
  const isThere = () => state.resources.has(identityId.toLowerCase());
  return { ...loopback, spec, run, json, isThere };
}

test('an identity that setup made is shown, asked about, and goes with its rights and permissions', async () => {
  const { run, spec, state, isThere } = await made();
  expect([isThere(), state.sitePermissions.size]).toEqual([true, 1]);
  const own = identityIn(state).id;
  const assigned = () => [...state.appRoleAssignments.values()].filter(({ principalId }) => principalId === own).length;
  expect(assigned()).toBe(2);
  const plan = await run('destroy', spec, '--setup', '--plan', '--exit-code');
  expect([plan.code, plan.stdout]).toEqual([
    3,
    `hr-lists
  - right read on https://contoso.sharepoint.com/sites/hr  goes
  - managed identity id-hr  goes
      with its permissions at APIs; a token that it has got is good until it ends, up to a day
      for good: one of the same name that is made anew is another, and has no rights
`,
  ]);
  const asked = await run('destroy', spec, '--setup');
  expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('Remove these 2 for good? Nobody can be asked here')]);
  expect([isThere(), state.sitePermissions.size, assigned()]).toEqual([true, 1, 2]);

  const done = await run('destroy', spec, '--setup', '--yes');
  expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('managed identity id-hr: is gone')]);
  expect([isThere(), state.sitePermissions.size, assigned()]).toEqual([false, 0, 0]);
  const again = await run('destroy', spec, '--setup', '--yes');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Nothing here was made by certflow setup')]);
});

test('while the workflow is deployed all of it stays; after that it goes, though the deployment wrote its tags', async () => {
  const { run, spec, json, state, isThere } = await made({ targets: { consumption: { ...target, tags: { owner: 'hr' } } } });
  expect((await run('deploy', spec, '--yes', '--run')).code).toBe(0);
  expect(state.resources.get(identityId.toLowerCase())?.tags).toEqual({ owner: 'hr', 'made-by': 'certflow setup' });
  expect((await json('--yes')).why).toMatch(/^the Logic App hr-lists signs in with it; first: certflow destroy/);
  expect(isThere()).toBe(true);
  expect((await run('destroy', spec, '--yes')).code).toBe(0);
  expect([(await json('--yes')).why, isThere()]).toEqual([undefined, false]);
});

test.each<[string, (world: Awaited<ReturnType<typeof made>>) => void | Promise<void>, RegExp]>([
  [
    'no mark of certflow',
    ({ state }) => {
      const { tags: _, ...bare } = state.resources.get(identityId.toLowerCase()) ?? {};
      state.resources.set(identityId.toLowerCase(), bare as never);
    },
    /^nothing says that certflow setup made it$/,
  ],
  [
    'a Logic App of somebody else',
    async ({ run }) => {
      const other = specFile({ ...alone, name: 'another' });
      expect((await run('deploy', other, '--yes')).code).toBe(0);
    },
    /^another has it$/,
  ],
  [
    'a permission of somebody else',
    ({ state }) => {
      const [one] = [...state.appRoleAssignments.values()].filter(({ principalId }) => principalId === identityIn(state).id);
      state.appRoleAssignments.set('other', { ...one, id: 'other', appRoleId: 'other' } as never);
    },
    /^somebody else lets it work for them: it has permissions that the spec does not name$/,
  ],
  [
    'a role of somebody else in Azure',
    ({ state }) => {
      addRoleAssignment(state, {
        scope: `/subscriptions/${target.subscription}`,
        role: 'keyVaultReader',
        principalId: identityIn(state).id,
      });
    },
    /^somebody else lets it work for them: it has a role on \/subscriptions\//,
  ],
])('%s keeps it, and its right on the site', async (_, use, why) => {
  const world = await made();
  await use(world);
  const found = await world.json('--yes');
  expect([found.code, found.why, world.isThere()]).toEqual([0, expect.stringMatching(why), true]);
  expect(found.found.find(({ what }) => what === 'right')?.staysBecause).toBe(
    'it is that of the managed identity id-hr, which stays',
  );
  expect(world.state.sitePermissions.size).toBe(1);
});

test('what another environment signs in with stays, until both are named', async () => {
  const { run, spec, json, isThere } = await made();
  writeFileSync(spec, JSON.stringify({ ...JSON.parse(readFileSync(spec, 'utf8')), environments: { dev: {}, test: {} } }));
  expect((await run('setup', spec, '-e', 'test', '--yes')).code).toBe(0);
  expect((await json('-e', 'dev', '--yes')).why).toBe('the environment test signs in with it too; name it as well to remove it');
  expect([(await json('-e', 'dev', 'test', '--yes')).code, isThere()]).toEqual([0, false]);
});

test('with a certificate beside it both are taken back, the role on the vault before the identity', async () => {
  const { appRegistration, vault, certificate } = wholeSpec;
  const { json, state, isThere } = await made({
    appRegistration,
    vault,
    certificate,
    requests: [...alone.requests, { name: 'Get groups', url: 'https://graph.microsoft.com/v1.0/groups' }],
  });
  const { code, found } = await json('--yes');
  const gone = found.filter(({ staysBecause }) => staysBecause === undefined).map(({ what }) => what);
  expect([code, gone]).toEqual([
    0,
    [
      'role Key Vault Secrets User on the vault kv-contoso-dev',
      'right',
      'managed identity',
      'right',
      'app registration',
      'certificate',
    ],
  ]);
  expect([isThere(), state.sitePermissions.size, state.deletedApplications.size]).toEqual([false, 0, 1]);
});

test.each<FaultKind>(['throttled', 'unavailable', 'unavailableLate', 'forbidden', 'reset', 'lost'])(
  'at every request in turn: %s; a second run ends it',
  async (kind) => {
    const { run, spec, setFaults, requests, json, state, isThere } = await made();
    const before = requests().length;
    await json('--yes');
    const count = requests()
      .slice(before)
      .filter(({ service }) => service !== 'entra').length;
    expect([count > 8, isThere()]).toEqual([true, false]);
    for (let at = 0; at < count; at++) {
      expect((await run('setup', spec, '--yes')).code).toBe(0);
      setFaults([{ kind, at, path: /^(?!.*\/oauth2\/)(?!.*openid)/ }]);
      const first = await run('destroy', spec, '--setup', '--yes');
      expect([at, first.code, first.stderr]).toEqual([at, expect.any(Number), expect.not.stringContaining('TypeError')]);
      setFaults([]);
      expect([at, (await json('--yes')).code, isThere(), state.sitePermissions.size]).toEqual([at, 0, false, 0]);
    }
  },
);
