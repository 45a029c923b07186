import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { certflow, emptyFolder } from '../cli/run.ts';
import { emulator } from '../emulator/start.ts';

/** What somebody who signs in with an identity has nothing to do with. Sign-in options and the schema name it for others. */
const foreign = /certificat|pfx|key ?vault|\bvault|get_secret|thumbprint|rotate/i;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'certflow.schema.json')
    .map((entry) => join(entry.parentPath, entry.name));
}

const linesWith = (text: string) => text.split('\n').filter((line) => foreign.test(line));

/** A folder in which certflow has begun, and the commands in front of an emulator in which nothing is there yet. */
async function begun(...options: string[]) {
  const folder = await emptyFolder();
  const started = await certflow('init', folder, '--yes', '--sign-in', 'managedIdentity', ...options);
  const loopback = await emulator({ validateWorkflow: workflowProblem });
  const spec = join(folder, 'certflow.yaml');
  const said: string[] = [started.stdout, started.stderr];
  const run = async (command: string, ...args: string[]) => {
    const ended = await certflow(...command.split(' '), spec, ...args);
    said.push(ended.stdout, ended.stderr);
    return ended;
  };
  const inCloud = (command: string, ...args: string[]) => run(command, ...args, '--cloud-file', loopback.cloudFile);
  return { folder, spec, said, run, inCloud, ...loopback };
}

test('from init to a run in the emulator, nobody meets a word of certificates', async () => {
  const { folder, said, run, inCloud } = await begun('--recipe', 'sharepoint');
  expect((await run('generate', '--out', join(folder, 'out'))).code).toBe(0);
  expect((await run('check')).code).toBe(0);
  expect((await run('guide')).code).toBe(0);
  expect((await run('setup', '--script', 'az')).code).toBe(0);
  expect((await inCloud('setup', '--yes')).code).toBe(0);
  const deployed = await inCloud('deploy', '--yes', '--run');
  expect([deployed.code, deployed.stdout]).toEqual([0, expect.stringMatching(/Succeeded/)]);
  const status = await inCloud('status');
  expect([status.code, status.stdout]).toEqual([0, expect.stringContaining('identity permissions')]);
  const doctor = await inCloud('doctor', '--call');
  expect([doctor.code, doctor.stdout]).toEqual([0, expect.stringMatching(/"Get lists" is answered well/)]);
  expect((await inCloud('runs')).code).toBe(0);
  expect((await inCloud('destroy', '--yes')).code).toBe(0);
  expect(said.flatMap(linesWith)).toEqual([]);
  expect(filesIn(folder).flatMap((path) => linesWith(readFileSync(path, 'utf8')).map((line) => `${path}: ${line}`))).toEqual([]);
});

test('the same spec with one more request that signs in with a certificate works as well', async () => {
  const { spec, inCloud } = await begun('--recipe', 'graph');
  expect((await inCloud('setup', '--yes')).code).toBe(0);
  const before = readFileSync(spec, 'utf8');
  const more = `
  - name: Get lists
    url: https://contoso.sharepoint.com/sites/hr/_api/web/lists
`;
  const registration = `
appRegistration:
  tenantId: 11111111-1111-1111-1111-111111111111
  permissions:
    - { api: sharepoint, roles: [Sites.Selected], sites: [{ url: https://contoso.sharepoint.com/sites/hr, role: read }] }
vault: kv-contoso-dev
certificate: { name: sharepoint-cert }
`;
  writeFileSync(spec, before.replace(/\n# Where it goes/, `${more}\n# Where it goes`) + registration);
  const setup = await inCloud('setup', '--yes');
  expect([setup.code, setup.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  const deployed = await inCloud('deploy', '--yes', '--run');
  expect([deployed.code, deployed.stdout]).toEqual([0, expect.stringMatching(/ok {2}identity permissions/)]);
  expect(deployed.stdout).toMatch(/ok {2}app registration/);
  expect(deployed.stdout).toContain('ok  secrets: run history hides them');
});

test('the step after generate is setup, where that makes the identity, and deploy where nothing is to be made', async () => {
  const { folder, spec, run } = await begun('--recipe', 'graph');
  const next = async () => (await run('generate', '--out', join(folder, 'out'))).stderr;
  const before = readFileSync(spec, 'utf8');
  expect(before).toContain('existingIdentity: false');
  expect(await next()).toMatch(/Next, make what is missing[^\n]*\n[^\n]*certflow setup [^\n]*\nOr, deploy to/);
  writeFileSync(spec, before.replace('existingIdentity: false', 'existingIdentity: true'));
  expect(await next()).toMatch(/Next, deploy to/);
});

const certificateBeside = `
  - name: Get lists
    url: https://contoso.sharepoint.com/sites/hr/_api/web/lists
`;
const certificateOfIt = `
appRegistration:
  tenantId: 11111111-1111-1111-1111-111111111111
  clientId: 22222222-2222-2222-2222-222222222222
  permissions:
    - { api: sharepoint, roles: [Sites.Selected], sites: [{ url: https://contoso.sharepoint.com/sites/hr, role: read }] }
vault: kv-contoso-dev
certificate: { name: sharepoint-cert }
`;

describe('every command, given a spec in which one request signs in with an identity and one with a certificate', () => {
  const noIdentity = /Power Automate has no managed identity.*signIn: entra/s;
  test.each<{ readonly command: string; readonly args?: readonly string[]; readonly refuses?: RegExp }>([
    ...['definition', 'arm', 'bicep', 'standard-project', 'app-service'].map((format) => ({
      command: 'generate',
      args: ['--format', format, '--dry-run'],
    })),
    ...['solution', 'flow-package'].map((format) => ({ command: 'generate', args: ['--format', format], refuses: noIdentity })),
    { command: 'export', refuses: noIdentity },
    { command: 'snippet', args: ['-l', 'python'] },
    { command: 'check', refuses: noIdentity },
    { command: 'simulate', refuses: /without a mock/ },
    { command: 'picture' },
    { command: 'guide' },
    { command: 'setup', args: ['--plan', '@'], refuses: /no app registration 22222222/ },
    { command: 'setup', args: ['--plan', '--only', 'identity', '@'] },
    { command: 'deploy', args: ['--plan', '@'], refuses: /There is no key vault kv-contoso-dev/ },
    { command: 'cert rotate', args: ['--plan', '@'], refuses: /no app registration 22222222/ },
    { command: 'cert expiring', args: ['@'], refuses: /has no certificate sharepoint-cert/ },
    { command: 'destroy', args: ['--plan', '@'], refuses: /There is no resource group rg-flows-dev/ },
    { command: 'destroy', args: ['--setup', '--plan', '@'] },
    { command: 'pipeline', args: ['--for', 'github', '--dry-run', '--out', '.'] },
  ])('$command $args', async ({ command, args = [], refuses }) => {
    const { folder, spec, cloudFile } = await begun('--recipe', 'graph');
    const given = args.flatMap((arg) => (arg === '@' ? ['--cloud-file', cloudFile] : arg === '.' ? [folder] : [arg]));
    const mixed = readFileSync(spec, 'utf8').replace(/\n# Where it goes/, `${certificateBeside}\n# Where it goes`);
    writeFileSync(spec, `${mixed.replace('targets:\n', `targets:\n${otherTargets}`)}${certificateOfIt}`);
    const { code, stdout, stderr } = await certflow(...command.split(' '), spec, ...given);
    const text = `${stdout}${stderr}`;
    if (refuses) expect([code, text]).toEqual([expect.toSatisfy((one: number) => one > 0), expect.stringMatching(refuses)]);
    else expect([code, text]).toEqual([0, expect.not.stringMatching(/^error:|TypeError/m)]);
  });
});

describe('every command, given a spec that signs in with its identity alone, works or says why not and what to take instead', () => {
  const elsewhere = /sign in with the managed identity.*signIn: entra/s;
  test.each<{ readonly command: string; readonly args?: readonly string[]; readonly refuses?: RegExp }>([
    ...['definition', 'arm', 'bicep', 'standard-project', 'app-service'].map((format) => ({
      command: 'generate',
      args: ['--format', format, '--dry-run'],
    })),
    ...['solution', 'flow-package'].map((format) => ({
      command: 'generate',
      args: ['--format', format],
      refuses: /Power Automate has no managed identity.*signIn: entra/s,
    })),
    { command: 'export', refuses: /Power Automate has no managed identity.*signIn: entra/s },
    { command: 'snippet', args: ['-l', 'python'], refuses: elsewhere },
    { command: 'check', refuses: /Power Automate has no managed identity.*signIn: entra/s },
    { command: 'simulate', refuses: /without a mock/ },
    { command: 'picture' },
    { command: 'guide' },
    { command: 'setup', args: ['--plan', '@'] },
    { command: 'setup', args: ['--plan', '--pfx', 'a.pfx', '@'], refuses: elsewhere },
    { command: 'setup', args: ['--only', 'vault', '@'], refuses: /no part vault: its parts are identity/ },
    { command: 'deploy', args: ['--plan', '@'] },
    { command: 'cert rotate', args: ['@'], refuses: elsewhere },
    { command: 'cert expiring', args: ['@'] },
    { command: 'destroy', args: ['--setup', '--plan', '@'] },
    { command: 'pipeline', args: ['--for', 'github', '--dry-run', '--out', '.'] },
    { command: 'doctor', args: ['--pfx', 'test/none.pfx', '@'], refuses: /./ },
  ])('$command $args', async ({ command, args = [], refuses }) => {
    const { folder, spec, cloudFile } = await begun('--recipe', 'graph');
    const given = args.flatMap((arg) => (arg === '@' ? ['--cloud-file', cloudFile] : arg === '.' ? [folder] : [arg]));
    writeFileSync(spec, `${readFileSync(spec, 'utf8').replace('targets:\n', `targets:\n${otherTargets}`)}`);
    const { code, stdout, stderr } = await certflow(...command.split(' '), spec, ...given);
    const text = `${stdout}${stderr}`;
    if (refuses) expect([code, text]).toEqual([expect.toSatisfy((one: number) => one > 0), expect.stringMatching(refuses)]);
    else expect([code, text]).toEqual([0, expect.not.stringMatching(/error:|TypeError/)]);
  });
});

const place = 'subscription: 33333333-3333-3333-3333-333333333333, resourceGroup: rg-web-dev';
const otherTargets = `  standard: { ${place}, location: westeurope, site: logic-contoso }
  appService: { ${place}, site: app-contoso }
  powerAutomate: { solution: ContosoFlows, publisher: { name: contoso, prefix: cto } }
`;
