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

test('a certificate without key, a wrong password, and a password on the command line', async () => {
  const made = await createCertificate({ subject: 'CN=deployer' });
  const folder = spec({ 'a.cer': made.certificate.raw, 'a.pfx': writePfx(made, { password: 'right canary' }) });
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
