import { expect, test } from 'vitest';
import { createCertificate, writePfx } from '../../src/certificate/index.ts';
import { cloudProfile } from '../../src/cloud/profile.ts';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';
import { certflow, certflowWith } from './run.ts';

const spec = (files: Readonly<Record<string, unknown>> = {}) => folderOf({ 'certflow.yaml': baseSpec, ...files });

test.each([
  [{ name: 'lab' }, ['/authority: "authority" is missing', '/vault: "vault" is missing']],
  [
    { ...cloudProfile('public'), authority: 'http://login' },
    ['/authority: authority is "http://login"; expected: an https address'],
  ],
  [{ ...cloudProfile('public'), delays: { pol: 1 } }, ['/delays/pol: unknown key "pol" (did you mean "poll"?)']],
  [{ ...cloudProfile('public'), certificateAuthority: 'x' }, ['expected: a certificate in PEM']],
])('every mistake of a cloud file is named: %#', async (profile, mistakes) => {
  const folder = spec({ 'cloud.json': profile });
  const { code, stderr } = await certflow('status', `${folder}/certflow.yaml`, '--cloud-file', `${folder}/cloud.json`);
  expect(code).toBe(2);
  for (const mistake of mistakes) expect(stderr).toContain(mistake);
});

test('a cloud file that is none, or not there', async () => {
  const folder = spec({ 'cloud.json': '{ "name": ' });
  expect((await certflow('status', `${folder}/certflow.yaml`, '--cloud-file', `${folder}/cloud.json`)).stderr).toContain(
    'cloud.json is not JSON:',
  );
  expect((await certflow('status', `${folder}/certflow.yaml`, '--cloud-file', `${folder}/gone.json`)).stderr).toContain(
    'gone.json cannot be read:',
  );
});

test('half a sign-in is told with what is missing; two ways at once are refused', async () => {
  const file = `${spec()}/certflow.yaml`;
  const half = await certflow('status', file, '--service-principal', 'x');
  expect([half.code, half.stderr]).toEqual([2, expect.stringContaining('name all three')]);
  const both = await certflow('status', file, '--device-code', '--service-principal', 'x');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('name one of them')]);
});

test('a tenant that is not the one of the variables is refused; the other ways to sign in do not read them', async () => {
  const file = `${spec()}/certflow.yaml`;
  const env = { AZURE_TENANT_ID: '11111111-1111-1111-1111-111111111111', AZURE_CLIENT_ID: 'x', AZURE_CLIENT_SECRET: 'y' };
  const other = '77777777-7777-7777-7777-777777777777';
  for (const tenant of [other, 'contoso.onmicrosoft.com']) {
    const { code, stderr } = await certflowWith(env, 'status', file, '--tenant', tenant);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`is ${tenant}, and the variable AZURE_TENANT_ID says 1111`)]);
  }
  const half = await certflowWith(env, 'status', file, '--tenant', other, '--service-principal', 'x');
  expect(half.stderr).toContain('name all three');
});

test('a certificate without key, a wrong password, and a password on the command line', async () => {
  const made = await createCertificate({ subject: 'CN=deployer' });
  const folder = spec({ 'a.cer': made.certificate.raw, 'a.pfx': writePfx(made, { password: 'right canary', rounds: 2 }) });
  const signIn = (file: string) => ['--service-principal', 'x', '--tenant', 't', '--certificate-file', `${folder}/${file}`];
  const noKey = await certflow('status', `${folder}/certflow.yaml`, ...signIn('a.cer'));
  expect([noKey.code, noKey.stderr]).toEqual([2, expect.stringContaining('holds no private key')]);
  const wrong = await certflowWith(
    { PASSWORD: 'wrong canary' },
    'status',
    `${folder}/certflow.yaml`,
    ...signIn('a.pfx'),
    '--certificate-password-env',
    'PASSWORD',
  );
  expect([wrong.code, wrong.stderr.includes('canary')]).toEqual([2, false]);
  const needed = await certflow('status', `${folder}/certflow.yaml`, ...signIn('a.pfx'));
  expect([needed.code, needed.stderr]).toEqual([2, expect.stringContaining('Give it with --certificate-password-file,')]);
  const told = await certflow('status', `${folder}/certflow.yaml`, ...signIn('a.pfx'), '--certificate-password', 'a canary');
  expect([told.code, told.stderr.includes('canary')]).toEqual([2, false]);
  expect(told.stderr).toContain('never the value of an option');
});
