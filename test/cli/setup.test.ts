import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { folderOf } from '../folder.ts';
import { becomeOfficer } from '../setup/become-officer.ts';
import { baseSpec } from '../specs.ts';
import { certflow } from './run.ts';
import { ground, text } from './setup-ground.ts';

describe('certflow setup', () => {
  test('--plan changes nothing, and ends with 3 only when asked to', async () => {
    const { azure, spec, requests } = await ground();
    const { code, stdout, stderr } = await azure('setup', spec, '--plan');
    expect([code, stderr]).toEqual([0, 'Nothing was changed.\n']);
    expect(stdout).toMatch(
      /^to create +vault kv-contoso-dev: in westeurope, with roles, with purge protection \(for good: .*\)$/m,
    );
    expect((await azure('setup', spec, '--plan', '--exit-code', '--json')).code).toBe(3);
    expect(readFileSync(spec, 'utf8')).toBe(text);
    expect(requests().filter(({ service, method }) => service !== 'entra' && !['GET', 'POST'].includes(method))).toEqual([]);
  });

  test('without a terminal it wants --yes, after the plan', async () => {
    const { azure, spec } = await ground();
    const { code, stderr } = await azure('setup', spec);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect(stderr).toContain('vault kv-contoso-dev');
  });

  test('does it, writes the client id, and has nothing to do afterwards but what it cannot see', async () => {
    const { azure, spec } = await ground();
    const { code, stdout } = await azure('setup', spec, '--yes', '--json');
    const { outcome, clientId, items } = JSON.parse(stdout);
    expect([code, outcome]).toEqual([0, 'set up']);
    expect(JSON.parse(readFileSync(spec, 'utf8')).appRegistration.clientId).toBe(clientId);
    expect(items.length).toBeGreaterThan(10);
    expect((await azure('setup', spec, '--only', 'grant', '--yes')).stderr).toContain(
      'Everything is there. Nothing was changed.',
    );
  });

  test('several specs and folders: one after the other, and what they share is made once; one that fails stops no other', async () => {
    const { azure, requests } = await ground();
    const { appRegistration } = JSON.parse(text);
    const folder = folderOf({
      'flows/a.certflow.yaml': text,
      'flows/b/certflow.yaml': JSON.stringify({ ...JSON.parse(text), name: 'second' }),
      'other.yaml': JSON.stringify({
        ...JSON.parse(text),
        appRegistration: { ...appRegistration, clientId: '99999999-9999-4999-8999-999999999999' },
      }),
    });
    const { code, stdout } = await azure(
      'setup',
      `${folder}/other.yaml`,
      `${folder}/flows`,
      `${folder}/flows/a.certflow.yaml`,
      '--yes',
      '--json',
    );
    const { setups } = JSON.parse(stdout);
    expect(
      setups.map(({ file, outcome }: { file: string; outcome: string }) => [file.slice(folder.length + 1), outcome]),
    ).toEqual([
      ['other.yaml', 'blocked'],
      ['flows/a.certflow.yaml', 'set up'],
      ['flows/b/certflow.yaml', 'set up'],
    ]);
    expect(code).toBe(1);
    const made = (path: RegExp) =>
      requests().filter(({ method, url, answer }) => method !== 'GET' && path.test(url) && answer?.status === 201);
    expect([made(/uniqueName/).length, made(/vaults\/kv-contoso-dev\?/).length]).toEqual([1, 1]);
    const [, a, b] = setups;
    expect(a.clientId).toBe(b.clientId);
    const plain = await azure('setup', `${folder}/flows`, '--plan');
    expect([plain.code, plain.stderr]).toEqual([0, expect.stringMatching(/a\.certflow\.yaml:\n[\s\S]*b\/certflow\.yaml:\n/)]);
  });

  test('what is in the way ends with 1, and nothing is changed', async () => {
    const { azure, spec } = await ground();
    await azure('setup', spec, '--yes', '--only', 'vault');
    const other = join(folderOf({ 'x.yaml': text.replace('"rg-shared"', '"rg-other"') }), 'x.yaml');
    const { code, stdout, stderr } = await azure('setup', other, '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Something is in the way. Nothing was changed.')]);
    expect(stdout).toMatch(/^blocked +vault kv-contoso-dev: .*is taken/m);
  });

  test('--script asks nothing of Azure', async () => {
    const { azure, spec, requests } = await ground();
    const { stdout } = await azure('setup', spec, '--script', 'az');
    expect(stdout).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(requests()).toEqual([]);
    expect((await certflow('guide', spec, '--script', 'az')).stdout).toBe(stdout);
  });

  test('what the spec lacks is told before anybody signs in', async () => {
    const { azure, requests } = await ground();
    const poor = join(folderOf({ 'x.yaml': JSON.stringify({ ...baseSpec, vault: 'kv-contoso-dev', targets: {} }) }), 'x.yaml');
    const { code, stderr } = await azure('setup', poor, '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining('vault.subscription is missing')]);
    expect(requests()).toEqual([]);
  });
});

test.each([
  ['deploy', '--target', 'app-service', '--plan'],
  ['status'],
  ['destroy', '--yes'],
  ['runs', 'list'],
  ['cert', 'rotate', '--yes'],
])("%s has nothing to do with a developer's machine, and asks nothing of Azure", async (command, ...more) => {
  const { azure, requests } = await ground();
  const spec = join(folderOf({ 'x.yaml': text.replace(/}$/, ', "environments": { "prod": {}, "local": {} } }') }), 'x.yaml');
  const [sub] = more[0]?.startsWith('-') === false ? more : [];
  const options = sub === undefined ? more : more.slice(1);
  const { code, stderr } = await azure(command, ...(sub === undefined ? [] : [sub]), spec, '-e', 'local', ...options);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /local is a developer's machine, and .* Name another environment: prod\. "certflow setup \S+x\.yaml -e local --cloud-file \S+"/,
    ),
  ]);
  expect(requests()).toEqual([]);
});

test('certflow cert expiring looks at every spec of a folder, and ends with 3 where something is wrong', async () => {
  const { azure, spec, folder, profile } = await ground();
  await azure('setup', spec, '--yes');
  const unseen = await azure('cert', 'expiring', spec);
  expect([unseen.code, unseen.stdout]).toEqual([1, expect.stringMatching(/^cannot tell +sharepoint-cert in kv-contoso-dev: /)]);
  await becomeOfficer(connect(profile, { application: 'certflow-test' }));
  const fine = await azure('cert', 'expiring', spec);
  expect([fine.code, fine.stdout]).toEqual([0, expect.stringMatching(/^fine +sharepoint-cert in kv-contoso-dev until \d{4}-/)]);
  const { code, stdout } = await azure('cert', 'expiring', folder, '--within', '400', '--json');
  expect([code, JSON.parse(stdout).certificates.map(({ status }: { status: string }) => status)]).toEqual([
    3,
    ['does not sign in', 'ends soon'],
  ]);
  const empty = await certflow('cert', 'expiring', folderOf({ 'a.txt': '' }));
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('holds no certflow.yaml')]);
});

/** An instant as programs read it. */
const isoInstant = /\d{4}-\d\d-\d\dT\d\d:\d\d/;

test('certflow cert rotate: once around, by the command line', async () => {
  const { azure, spec, setFaults } = await ground();
  expect((await azure('cert', 'rotate', spec, '--yes')).stderr).toMatch(/run "certflow setup \S+ --cloud-file \S+" first/);
  await azure('setup', spec, '--yes');
  const planned = await azure('cert', 'rotate', spec, '--plan');
  expect([planned.code, planned.stderr]).toEqual([0, expect.stringContaining('Nothing was changed.')]);
  expect(planned.stdout).toContain('Key Vault Certificates Officer on the vault kv-contoso-dev');
  const rotated = await azure('cert', 'rotate', spec, '--yes', '--json');
  expect([rotated.code, JSON.parse(rotated.stdout).outcome]).toEqual([0, 'rotated']);
  const early = await azure('cert', 'rotate', spec, '--finish', '--yes');
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('--overlap 0 removes it now')]);
  // Times are local for people and ISO 8601 in JSON, of a result and of a refusal.
  for (const args of [['--yes'], ['--finish', '--yes']]) {
    const told = await azure('cert', 'rotate', spec, ...args);
    expect(told.stdout + told.stderr).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
    expect(told.stdout + told.stderr).not.toMatch(isoInstant);
    expect((await azure('cert', 'rotate', spec, ...args, '--json')).stdout).toMatch(isoInstant);
  }
  // A role that stays behind is told, and is a failure, although the rest was done.
  setFaults([{ kind: 'reset', method: 'DELETE', path: /roleAssignments/, times: 100 }]);
  const finished = await azure('cert', 'rotate', spec, '--finish', '--overlap', '0', '--yes', '--json');
  expect([finished.code, JSON.parse(finished.stdout).outcome]).toEqual([1, 'finished']);
  expect(finished.stderr).toMatch(
    /error: Your right on the vault kv-contoso-dev could not be taken back: Taking a role back failed/,
  );
  setFaults([]);
  expect(`${rotated.stdout}${rotated.stderr}${finished.stdout}${finished.stderr}`).not.toContain('PRIVATE KEY');
});
