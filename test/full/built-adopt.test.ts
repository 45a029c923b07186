import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { loadSpec } from '../../src/index.ts';
import { changedPlaces } from '../adopt/judge.ts';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';

/** `npm run test:full` builds it first. */
const bin = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist', 'bin.cjs');

const tenant = '11111111-1111-1111-1111-111111111111';
/** What somebody took from the code view of a Logic App: a token of ACS, and a call with it. */
const flow = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: {
    Start: { type: 'InitializeVariable', inputs: { variables: [{ name: 'site', type: 'string', value: 'hr' }] }, runAfter: {} },
    Get_token: {
      type: 'Http',
      inputs: {
        method: 'POST',
        uri: `https://accounts.accesscontrol.windows.net/${tenant}/tokens/OAuth/2`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `grant_type=client_credentials&client_id=33333333-3333-3333-3333-333333333333@${tenant}&client_secret=x7Q~canary-9bT3kLmPq2&resource=00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@${tenant}`,
      },
      runAfter: { Start: ['Succeeded'] },
    },
    Parse_token: {
      type: 'ParseJson',
      inputs: { content: "@body('Get_token')", schema: {} },
      runAfter: { Get_token: ['Succeeded'] },
    },
    Get_lists: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists',
        headers: { accept: 'application/json;odata=nometadata', Authorization: "Bearer @{body('Parse_token')?['access_token']}" },
      },
      runAfter: { Parse_token: ['Succeeded'] },
    },
    Done: { type: 'Compose', inputs: "@body('Get_lists')", runAfter: { Get_lists: ['Succeeded'] } },
  },
  outputs: {},
};

test('a flow that signs in by ACS is adopted, checked, tested, deployed and run in four commands', async () => {
  const folder = folderOf({ 'flow.json': JSON.stringify(flow, null, 2) });
  const before = readFileSync(join(folder, 'flow.json'), 'utf8');
  const certflow = async (...args: string[]) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.stderr += text));
    const [code] = await once(child, 'close');
    expect([args[0], code, code === 0 ? '' : said.stdout + said.stderr]).toEqual([args[0], 0, '']);
    expect(said.stdout + said.stderr).not.toContain('canary');
    return said.stdout;
  };
  const adopted = await certflow(
    ...[
      'adopt',
      'flow.json',
      '--client-id',
      '22222222-2222-2222-2222-222222222222',
      '--vault',
      'kv-contoso-dev',
      '--certificate',
      'sharepoint-cert',
    ],
    ...['--subscription', '33333333-3333-3333-3333-333333333333', '--resource-group', 'rg-flows', '--location', 'westeurope'],
  );
  expect(adopted).toContain('adopted  flow.json: Get_token');
  await certflow('check', '.');
  expect(await certflow('test')).toContain('passed  the certificate is read, and stays hidden');
  const started = await emulator({
    ground: groundOf(await loadSpec(join(folder, 'certflow.yaml'))),
    delays: { poll: 20, retry: 1 },
  });
  const deployed = await certflow('deploy', '--yes', '--run', '--cloud-file', started.cloudFile);
  expect(deployed).toMatch(/run \S+: Succeeded[\s\S]*Succeeded {2}Get_secret\b[\s\S]*Succeeded {2}Get_lists\b/);
  for (const place of changedPlaces(before, readFileSync(join(folder, 'flow.json'), 'utf8')))
    expect(place).toMatch(
      /^\/parameters$|^\/actions\/(?:Get_token|Parse_token|Get_secret|Get_lists\/(?:runAfter\/\w+|runtimeConfiguration|inputs\/(?:authentication|headers\/Authorization)))$/,
    );
  for (const args of [['status'], ['doctor']]) await certflow(...args, '--cloud-file', started.cloudFile);
});
