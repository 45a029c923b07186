import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMark } from '../../src/setup/rotate/mark.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { ground, text } from '../cli/setup-ground.ts';
import { azure as clientsOf } from '../emulator/azure.ts';
import { graph, keyCredential } from '../emulator/graph.ts';
import { grant, vaultClients } from '../emulator/vaults.ts';
import { folderOf } from '../folder.ts';

interface Found {
  readonly what: string;
  readonly name: string;
  readonly staysBecause?: string;
  readonly details?: readonly string[];
}

type Spec = ReturnType<typeof JSON.parse>;

/** What setup made for a spec, by one who has no right of their own in the vault; and what takes it back. */
async function made(change: (spec: Spec) => void = () => {}, ...where: string[]) {
  const started = await ground();
  const spec = JSON.parse(text);
  change(spec);
  const file = join(folderOf({ 'certflow.yaml': JSON.stringify(spec, null, 2) }), 'certflow.yaml');
  const setup = () => started.azure('setup', file, '--yes', ...where);
  const first = await setup();
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('Done.')]);
  const destroy = (...args: string[]) => started.azure('destroy', file, '--setup', ...args);
  const json = async (...args: string[]) => {
    const { code, stdout } = await destroy('--json', ...args);
    const { removed, setups } = JSON.parse(stdout) as { removed: boolean; setups: { found: Found[]; error?: string }[] };
    return { code, removed, setups, found: setups.flatMap(({ found }) => found) };
  };
  const application = () => [...started.state.applications.values()].find(({ displayName }) => displayName.startsWith('HR'));
  return { ...started, file, setup, ask: graph(started.profile), destroy, json, application };
}

const isThere = ({ state }: Awaited<ReturnType<typeof made>>, name = 'sharepoint-cert') => {
  const stored = state.certificates.get(`kv-contoso-dev/${name}`);
  return stored !== undefined && stored.deleted === undefined;
};
const stays = (found: readonly Found[], what: string) => found.find((one) => one.what.startsWith(what))?.staysBecause;

test('what setup made is shown, asked about, and removed; a second time there is nothing; brought back, all is there', async () => {
  const world = await made();
  const { destroy, state, file, json, setup, ask, profile } = world;
  const plan = await destroy('--plan', '--exit-code');
  expect([plan.code, plan.stderr]).toEqual([3, 'Nothing was removed.\n']);
  const masked = plan.stdout
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, '…')
    .replace(/"certflow destroy \S+certflow\.yaml --include vault --cloud-file \S+"/, '"certflow destroy … --include vault …"');
  expect(masked).toBe(`hr-lists
  - role Key Vault Secrets User on the vault kv-contoso-dev of flows@contoso.com  goes
      if the vault holds nothing else, which you may not see: you get the right to for the moment
  - right read on https://contoso.sharepoint.com/sites/hr  goes
  - app registration "HR lists reader" (…)  goes
      with its service principal, certificates and consent
      Entra ID keeps it as deleted for 30 days, and its unique name is taken so long
      back: Entra admin center, App registrations, Deleted applications
      to set up anew, take clientId out of certflow.yaml
  - certificate sharepoint-cert in the vault kv-contoso-dev  goes
      if it is there and certflow made it, which you may not see: you get the right to for the moment
      the vault keeps it as deleted for 90 days, and its name is taken so long
      nobody can remove it for good before (purge protection)
      back: az keyvault certificate recover --vault-name kv-contoso-dev --name sharepoint-cert
  = key vault kv-contoso-dev  stays:
      certflow made it, and others may keep things in it; "certflow destroy … --include vault …" removes it
`);
  const asked = await destroy();
  expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('Remove these 4 for good? Nobody can be asked here')]);
  expect([isThere(world), state.sitePermissions.size, state.deletedApplications.size]).toEqual([true, 1, 0]);

  const done = await destroy('--yes');
  expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('app registration "HR lists reader"')]);
  expect([isThere(world), state.sitePermissions.size, state.deletedApplications.size]).toEqual([false, 0, 1]);
  const roles = [...state.resources.values()].filter(({ type }) => type.endsWith('roleAssignments'));
  // That of the subscription's owner, who is signed in.
  expect(roles.map(({ properties }) => properties.scope)).toEqual([expect.stringMatching(/^\/subscriptions\/[^/]+$/)]);
  const again = await json('--yes');
  expect([again.code, again.found.map(({ what }) => what)]).toEqual([0, ['certificate', 'key vault']]);

  const id = [...state.deletedApplications.keys()][0] ?? '';
  const blocked = await setup();
  expect([blocked.code, blocked.stdout]).toEqual([1, expect.stringMatching(`deletedItems/${id}/restore`)]);
  expect((await ask('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(200);
  await grant(clientsOf(profile), 'certificatesOfficer');
  await vaultClients(profile).certificates.beginRecoverDeletedCertificate('sharepoint-cert', { intervalInMs: 1 });
  const back = await setup();
  expect([back.code, back.stderr]).toEqual([0, expect.stringContaining('Done.')]);
  expect(JSON.parse(readFileSync(file, 'utf8')).appRegistration.clientId).toBe(world.application()?.appId);
});

test('what was there before stays, whatever setup added to it: no mark says that certflow made it', async () => {
  const { azure, profile, state, spec } = await ground();
  const ask = graph(profile);
  const registered = await ask('POST', '/applications', { displayName: 'HR lists reader' });
  const file = spec;
  expect((await azure('setup', file, '--yes', '--only', 'vault')).code).toBe(0);
  await grant(clientsOf(profile), 'certificatesOfficer');
  const { certificates } = vaultClients(profile);
  await (await certificates.beginDeleteCertificate('sharepoint-cert', { intervalInMs: 1 })).pollUntilDone();
  state.certificates.clear();
  state.secrets.clear();
  await (
    await certificates.beginCreateCertificate('sharepoint-cert', { issuerName: 'Self', subject: 'CN=mine' }, { intervalInMs: 1 })
  ).pollUntilDone();
  await azure('setup', file, '--yes');
  const { code, stdout } = await azure('destroy', file, '--setup', '--yes');
  expect(code).toBe(0);
  for (const what of ['right read on', 'app registration "HR lists reader"', 'certificate sharepoint-cert'])
    expect(stdout).toMatch(new RegExp(`= ${what}[^\n]* {2}stays:\n`));
  expect(stdout).toContain('nothing says that certflow setup made it');
  expect(state.applications.has(JSON.parse(JSON.stringify(registered.body)).id)).toBe(true);
  expect([state.sitePermissions.size, state.deletedApplications.size]).toEqual([1, 0]);
});

test.each([
  [
    'a certificate of somebody else on the registration',
    async ({ ask, application }: Awaited<ReturnType<typeof made>>) => {
      const { id = '', keyCredentials = [] } = application() ?? {};
      const own = keyCredential(anyCertificate.certificate);
      const answer = await ask('PATCH', `/applications/${id}`, { keyCredentials: [...keyCredentials, own] });
      expect(answer.status).toBe(204);
    },
    /1 of its certificates is not of this vault/,
  ],
  [
    'identifiers as an API',
    async ({ ask, application }: Awaited<ReturnType<typeof made>>) => {
      await ask('PATCH', `/applications/${application()?.id}`, { identifierUris: ['api://hr'] });
    },
    /it is an API for others: api:\/\/hr/,
  ],
  [
    'a Logic App of somebody else',
    async ({ azure, file }: Awaited<ReturnType<typeof made>>) => {
      const other = join(folderOf({ 'x.yaml': readFileSync(file, 'utf8').replace('"hr-lists"', '"another"') }), 'x.yaml');
      expect((await azure('deploy', other, '--yes')).stdout).toContain('another: deployed');
    },
    /^another signs in with it$/,
  ],
])('%s keeps the registration and its rights; the certificate of the vault is taken off it', async (_, use, why) => {
  const world = await made();
  await grant(clientsOf(world.profile), 'certificatesOfficer');
  await use(world);
  const before = world.application()?.keyCredentials.length ?? 0;
  const { code, found } = await world.json('--yes');
  expect([code, stays(found, 'app registration')]).toEqual([0, expect.stringMatching(why)]);
  expect(stays(found, 'right')).toContain('which stays');
  expect([world.application()?.keyCredentials.length, world.state.sitePermissions.size]).toEqual([before - 1, 1]);
  expect(isThere(world)).toBe(false);
});

test('what is deployed keeps all of it, until that is destroyed', async () => {
  const world = await made();
  const { azure, file, json } = world;
  expect((await azure('deploy', file, '--yes')).stdout).toContain('hr-lists: deployed');
  const kept = await json('--yes');
  expect([kept.code, kept.removed, kept.found.filter(({ staysBecause }) => staysBecause === undefined)]).toEqual([0, true, []]);
  const [command] = /certflow destroy \S+/.exec(stays(kept.found, 'certificate') ?? '') ?? [];
  expect(stays(kept.found, 'app registration')).toContain('the Logic App hr-lists signs in with it; first: certflow destroy');
  expect((await azure(...(command ?? '').split(' ').slice(1), '--yes')).code).toBe(0);
  expect((await json('--yes')).code).toBe(0);
  expect([isThere(world), world.application()]).toEqual([false, undefined]);
});

test('what several environments share goes with the last of them', async () => {
  const both = (spec: Spec) => {
    spec.environments = { dev: {}, test: {} };
  };
  const world = await made(both, '-e', 'dev');
  const one = await world.json('-e', 'dev', '--yes');
  expect(stays(one.found, 'app registration')).toBe('the environment test signs in with it too; name it as well to remove it');
  expect(stays(one.found, 'certificate')).toBe('the environment test reads it too; name it as well to remove it');
  const all = await world.json('-e', 'dev', 'test', '--yes');
  expect([all.code, all.setups.length]).toEqual([0, 2]);
  expect([isThere(world), world.application(), world.state.deletedApplications.size]).toEqual([false, undefined, 1]);
});

test('what one of several specs still needs stays for all of them', async () => {
  const { azure, folder, state } = await ground();
  const specs = [join(folder, 'certflow.yaml'), join(folder, 'sub/other.certflow.yaml')];
  expect((await azure('setup', folder, '--yes')).code).toBe(0);
  const other = join(folderOf({ 'a.yaml': readFileSync(specs[1] ?? '', 'utf8').replace('"hr-lists"', '"second"') }), 'a.yaml');
  expect((await azure('deploy', other, '--yes')).stdout).toContain('second: deployed');
  const { code, stdout } = await azure('destroy', specs[0] ?? '', other, '--setup', '--yes', '--json');
  const [first] = (JSON.parse(stdout) as { setups: { found: Found[] }[] }).setups;
  expect([code, stays(first?.found ?? [], 'app registration')]).toEqual([0, expect.stringContaining('second')]);
  expect(state.deletedApplications.size).toBe(0);
});

test('a right that is missing is a sentence, what does not hang on it goes, and the next run ends it', async () => {
  const world = await made();
  const { setFaults, destroy, state } = world;
  setFaults([{ kind: 'forbidden', method: 'DELETE', path: /sites/ }]);
  const first = await destroy('--yes');
  setFaults([]);
  expect([first.code, first.stderr]).toEqual([
    1,
    expect.stringMatching(
      /right read on \S+: Taking away the right .*refused \(403\).*\n.*app registration .*: stays: what has to go before it/,
    ),
  ]);
  expect([isThere(world), state.sitePermissions.size, state.deletedApplications.size]).toEqual([false, 1, 0]);
  expect((await destroy('--yes')).code).toBe(0);
  expect([state.sitePermissions.size, state.deletedApplications.size]).toEqual([0, 1]);
});

test('a version that somebody else put into the vault keeps the certificate, also where that shows only with the right', async () => {
  const world = await made();
  const stored = world.state.certificates.get('kv-contoso-dev/sharepoint-cert');
  const [version] = stored?.versions ?? [];
  if (!stored || !version) throw new Error('no certificate');
  const { tags: _, ...foreign } = version;
  world.state.certificates.set('kv-contoso-dev/sharepoint-cert', {
    ...stored,
    versions: [...stored.versions, { ...foreign, version: 'f'.repeat(32) }],
  });
  const { code, found } = await world.json('--yes');
  expect([code, stays(found, 'certificate')]).toEqual([1, `somebody else put a version there: ${'f'.repeat(32)}`]);
  expect(isThere(world)).toBe(true);
});

test('a rotated certificate is as much ours as the first one', async () => {
  const world = await made();
  expect((await world.azure('cert', 'rotate', world.file, '--yes')).code).toBe(0);
  const marks = world.application()?.keyCredentials.map(({ displayName }) => displayName) ?? [];
  expect(marks.some((name) => readMark(name, { vault: 'kv-contoso-dev', certificate: 'sharepoint-cert' })?.kind === 'own')).toBe(
    true,
  );
  const { code, found } = await world.json('--yes');
  expect([code, stays(found, 'app registration'), stays(found, 'certificate')]).toEqual([0, undefined, undefined]);
});

test("on a developer's machine the registration goes; with --include or --target it is wrong use", async () => {
  const local = (spec: Spec) => {
    spec.environments = { prod: {}, local: {} };
  };
  const world = await made(local, '-e', 'local', '--no-password');
  expect((await world.destroy('-e', 'local', '--yes')).code).toBe(0);
  expect(world.application()).toBe(undefined);
  for (const wrong of [
    ['--include', 'vault'],
    ['--target', 'standard'],
  ]) {
    const { code, stderr } = await world.destroy('-e', 'prod', ...wrong);
    expect([code, stderr]).toEqual([2, expect.stringContaining(wrong[0] ?? '')]);
  }
});
