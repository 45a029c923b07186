import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folderOf } from '../folder.ts';
import { certflow } from './run.ts';

const canary = 'x7Q~canary-9bT3kLmPq2';
const tenant = '11111111-1111-1111-1111-111111111111';
const client = '22222222-2222-2222-2222-222222222222';
const form = `grant_type=client_credentials&client_id=33333333-3333-3333-3333-333333333333@${tenant}&client_secret=${canary}&resource=00000003-0000-0ff1-ce00-000000000000/fabrikam.sharepoint.com@${tenant}`;
const flow = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { Recurrence: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
  actions: {
    Token: {
      type: 'Http',
      inputs: { method: 'POST', uri: `https://accounts.accesscontrol.windows.net/${tenant}/tokens/OAuth/2`, body: form },
      runAfter: {},
    },
    Read: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://fabrikam.sharepoint.com/_api/web/lists',
        headers: { Authorization: "Bearer @{body('Token')?['access_token']}" },
      },
      runAfter: { Token: ['Succeeded'] },
    },
  },
  outputs: {},
};
const sure = ['--client-id', client, '--vault', 'kv-hr', '--certificate', 'hr-cert'];
const fileOf = (value: unknown = flow) => join(folderOf({ 'flow.json': JSON.stringify(value, null, 2) }), 'flow.json');

describe('certflow adopt', () => {
  it('says what it finds and what becomes of it, writes it, and finds nothing a second time', async () => {
    const file = fileOf();
    const { code, stdout, stderr } = await certflow('adopt', file, ...sure);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Go on with: certflow test')]);
    expect(stdout).toContain(`adopted  ${file}: Token`);
    expect(stdout).toContain('a token of Azure ACS, asked for by hand: the service behind it has ended');
    expect(stdout).toContain(`written  ${file}`);
    expect(stdout).not.toContain('canary');
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    expect(JSON.parse((await certflow('check', file, '--json')).stdout).diagnostics).toEqual([]);
    const again = await certflow('adopt', file, ...sure);
    expect([again.code, again.stdout]).toEqual([0, 'nothing to adopt: every sign-in may stay as it is\n']);
  });

  it('writes certflow.yaml and a first test beside it, which hold; what is there stays', async () => {
    const file = fileOf();
    const [spec, own] = [join(file, '../certflow.yaml'), join(file, '../flow.certflow-test.yaml')];
    writeFileSync(own, 'mine');
    const { stdout } = await certflow(
      'adopt',
      file,
      ...sure,
      '--subscription',
      client,
      '--resource-group',
      'rg',
      '--location',
      'westeurope',
    );
    expect(stdout).toContain(`written  ${spec}`);
    expect(readFileSync(own, 'utf8')).toBe('mine');
    expect(parse(readFileSync(spec, 'utf8'))).toEqual({
      name: 'flow',
      workflow: { file: 'flow.json' },
      appRegistration: {
        tenantId: tenant,
        clientId: client,
        permissions: [
          { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'https://fabrikam.sharepoint.com', role: 'read' }] },
        ],
      },
      vault: { name: 'kv-hr' },
      certificate: { name: 'hr-cert' },
      targets: { consumption: { subscription: client, resourceGroup: 'rg', location: 'westeurope' } },
    });
    const guide = await certflow('guide', spec);
    expect([guide.code, guide.stdout]).toEqual([0, expect.stringContaining('kv-hr')]);
    writeFileSync(file, JSON.stringify(flow));
    // What the spec says, nobody has to say once more.
    expect((await certflow('adopt', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('hr-cert');
  });

  it('adopts to the managed identity without a word of a certificate, and writes a spec that needs none', async () => {
    const file = fileOf();
    const spec = join(file, '../certflow.yaml');
    const placed = ['--subscription', client, '--resource-group', 'rg', '--location', 'westeurope'];
    const { code, stdout, stderr } = await certflow('adopt', file, '--to', 'managed-identity', ...placed);
    expect([code, stderr]).toEqual([0, `Go on with: certflow setup ${spec}, certflow deploy ${spec}\n`]);
    expect(stdout).toContain('becomes: a sign-in as the managed identity of the workflow');
    expect(readdirSync(join(file, '..')).toSorted()).toEqual(['certflow.yaml', 'flow.json']);
    expect(parse(readFileSync(spec, 'utf8'))).toEqual({
      name: 'flow',
      workflow: { file: 'flow.json' },
      managedIdentity: {
        permissions: [
          { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'https://fabrikam.sharepoint.com', role: 'read' }] },
        ],
      },
      targets: { consumption: { subscription: client, resourceGroup: 'rg', location: 'westeurope' } },
    });
    expect(JSON.parse((await certflow('check', spec, file, '--json')).stdout).diagnostics).toEqual([]);
    const generated = await certflow('generate', spec, '--format', 'arm', '--out', join(file, '../made'));
    expect([generated.code, generated.stderr]).toEqual([0, expect.stringContaining(`certflow deploy ${spec}`)]);
    // The spec says which way it is, so the option is not needed again.
    writeFileSync(file, JSON.stringify(flow));
    expect((await certflow('adopt', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('ManagedServiceIdentity');
  });

  it('shows a diff and pictures with --dry-run, and changes nothing; no secret is shown', async () => {
    const file = fileOf();
    const before = readFileSync(file);
    const { code, stdout, stderr } = await certflow('adopt', file, ...sure, '--dry-run');
    expect([code, stderr]).toEqual([0, 'Nothing was written (--dry-run).\n']);
    expect(stdout).toContain('+      "inputs": {');
    expect(stdout).toContain(', before\n\n```mermaid\n');
    expect(stdout).toContain(', after\n\n```mermaid\n');
    expect(stdout).not.toContain('canary');
    const json = await certflow('adopt', file, ...sure, '--dry-run', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      items: [{ name: 'Token', becomes: 'certificate' }],
      files: expect.arrayContaining([{ path: file, status: 'planned' }]),
    });
    expect(json.stdout).not.toContain('canary');
    expect(readFileSync(file)).toEqual(before);
  });

  it('writes elsewhere with --out', async () => {
    const file = fileOf();
    const before = readFileSync(file);
    const out = join(file, '../new.json');
    expect((await certflow('adopt', file, ...sure, '--out', out)).stdout).toContain(`written  ${out}`);
    expect(readFileSync(file)).toEqual(before);
    expect(JSON.parse(readFileSync(out, 'utf8')).actions.Read.inputs.authentication.type).toBe('ActiveDirectoryOAuth');
  });

  it('asks before it writes over changes that git does not have', async () => {
    const file = fileOf();
    const folder = join(file, '..');
    const git = (...args: string[]) => spawnSync('git', ['-C', folder, ...args]).status;
    expect([git('init', '-q'), git('add', 'flow.json')]).toEqual([0, 0]);
    expect((await certflow('adopt', file, ...sure, '--out', join(folder, 'a.json'))).code).toBe(0);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    const { code, stderr } = await certflow('adopt', file, ...sure);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        'flow.json has changes that git does not have. Write over them? Nobody can be asked here: add --yes',
      ),
    ]);
    expect((await certflow('adopt', file, ...sure, '--yes')).code).toBe(0);
  });

  it.each<[string, string[], string]>([
    [
      'no certificate is named',
      ['--client-id', client, '--vault', 'kv-hr'],
      'Which certificate signs in? Add --certificate <name>',
    ],
    [
      'an identity is given a certificate',
      ['--to', 'managed-identity', '--certificate', 'hr-cert'],
      '--certificate: a managed identity signs in without it',
    ],
    ['the vault cannot be one', ['--vault', 'no_vault'], '--vault: the name of a vault has'],
    ['the client is no id', ['--client-id', 'me'], '--client-id: the application (client) id is a GUID'],
  ])('says what is missing or wrong where %s', async (_, options, words) => {
    const { code, stderr } = await certflow('adopt', fileOf(), ...options);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('ends with 1 where something is left, and says why', async () => {
    const { code, stdout } = await certflow('adopt', fileOf(), '--vault', 'kv-hr', '--certificate', 'hr-cert');
    expect([code, stdout]).toEqual([1, expect.stringContaining('left as it is: ACS knows applications of its own')]);
  });
});
