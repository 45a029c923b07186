import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, plainDefinition } from '../folder.ts';
import { certflow as run } from './run.ts';

const parameters = {
  $connections: { type: 'Object', defaultValue: {} },
  certificateName: { type: 'String', defaultValue: 'sharepoint-cert' },
  audience: { type: 'String' },
};
const getSecret = (path: string, more: object = {}) => ({
  type: 'ApiConnection',
  inputs: { host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } }, method: 'get', path },
  runAfter: {},
  ...more,
});
const hidden = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } });
const call = (audience: string, more: object = {}) => ({
  type: 'Http',
  inputs: {
    method: 'GET',
    uri: 'https://graph.microsoft.com/v1.0/me',
    authentication: {
      type: 'ActiveDirectoryOAuth',
      tenant: 'contoso.com',
      clientId: '22222222-2222-2222-2222-222222222222',
      audience,
      pfx: "@body('Get_secret')?['value']",
      password: '',
    },
  },
  runAfter: { Get_secret: ['Succeeded'] },
  ...more,
});

const estate = {
  'good.json': {
    ...plainDefinition,
    parameters,
    actions: {
      Get_secret: getSecret("/secrets/@{encodeURIComponent(parameters('certificateName'))}/value", hidden('inputs', 'outputs')),
      Call: call('https://graph.microsoft.com', hidden('inputs')),
      Other: call("@parameters('audience')", hidden('inputs')),
    },
  },
  'leaks|x.json': {
    ...plainDefinition,
    parameters,
    actions: { Get_secret: getSecret('/secrets/sharepoint-cert/value'), Call: call('CANARY in the wrong field') },
  },
  'refused.json': {
    ...plainDefinition,
    actions: {
      Basic: {
        type: 'Http',
        inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Basic', username: 'CANARY', password: 'CANARY' } },
        runAfter: { Gone: ['Succeeded'] },
      },
    },
  },
  'plain.json': plainDefinition,
};

describe('certflow check --summary', () => {
  it('tells of each workflow what holds and what leaks, and what is in use, as JSON', async () => {
    const folder = folderOf(estate);
    const { code, stdout } = await run('check', folder, '--summary', '--json');
    const { workflows, certificates, audiences } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(workflows.map(({ name, verdict }: Record<string, string>) => [name, verdict])).toEqual([
      ['good.json', 'fine'],
      ['leaks|x.json', 'leaks'],
      ['plain.json', 'fine'],
      ['refused.json', 'refused'],
    ]);
    expect(workflows[0]).toMatchObject({
      secrets: [{ action: 'Get_secret', secret: 'sharepoint-cert', areOutputsHidden: true }],
      calls: [
        {
          action: 'Call',
          signIn: 'certificate',
          audience: 'https://graph.microsoft.com',
          certificate: 'sharepoint-cert',
          areInputsHidden: true,
        },
        { action: 'Other', signIn: 'certificate', audience: 'parameter audience' },
      ],
      findings: [],
    });
    expect(workflows[1]).toMatchObject({
      secrets: [{ secret: 'sharepoint-cert', areOutputsHidden: false }],
      findings: expect.arrayContaining([{ rule: 'get-secret-outputs', count: 1, category: 'security' }]),
    });
    expect(workflows[3].calls).toEqual([{ action: 'Basic', signIn: 'user name and password', areInputsHidden: false }]);
    const [good, leaks] = ['good.json', 'leaks|x.json'].map((name) => `${name} (${join(folder, name)})`);
    expect(certificates).toEqual([{ name: 'sharepoint-cert', workflows: [good, leaks] }]);
    expect(audiences).toContainEqual({ name: 'https://graph.microsoft.com', workflows: [good] });
    expect(stdout).not.toContain('CANARY');
  });

  it('as Markdown, in which names stay in their cells', async () => {
    const { code, stdout, stderr } = await run('check', folderOf(estate), '--summary', '--fail-on', 'never');
    expect(code).toBe(0);
    expect(stdout).toContain('4 workflows: 2 fine, 1 leak, 0 fail at run time, 1 refused by Azure.');
    expect(stdout).toContain('| leaks\\|x.json |');
    expect(stdout).toContain(
      '1 secret reads hidden; 2 calls sign in with a certificate or managed identity; 2 calls hide their inputs',
    );
    expect(stdout).toContain('get-secret-outputs');
    expect(stdout).toMatch(/## Audiences in use\n\n\| Audience \| Workflows \|/);
    expect(stdout).not.toContain('CANARY');
    expect(stderr).toMatch(/^4 files, 4 workflows: /);
    const rows = stdout.split('\n').filter((line) => /^\| .*\.json \|/.test(line));
    expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual([7, 7, 7, 7]);
  });

  it('names each rule about secrets that a workflow itself has ignored, with the reason', async () => {
    const reason = 'a | lab';
    const ignoring = (rules: object) => ({ metadata: { 'certflow-ignore': rules } });
    const inputs = { method: 'GET', uri: 'https://contoso.sharepoint.com/_api/web', retryPolicy: { type: 'none' } };
    const folder = folderOf({
      'a.json': {
        ...plainDefinition,
        parameters,
        actions: {
          Get_secret: getSecret('/secrets/sharepoint-cert/value', ignoring({ 'get-secret-outputs': reason })),
          Busy: { type: 'Http', inputs, runAfter: {}, ...ignoring({ 'throttled-without-retry': 'no leak' }) },
        },
      },
    });
    const [workflow] = JSON.parse((await run('check', folder, '--summary', '--json')).stdout).workflows;
    expect(workflow).toMatchObject({ suppressed: 2, ignored: [{ rule: 'get-secret-outputs', reason }] });
    const { stdout } = await run('check', folder, '--summary', '--fail-on', 'never');
    expect(stdout).toContain('get-secret-outputs ignored: "a \\| lab", (2 suppressed) |');
  });

  it('goes with no other way to print', async () => {
    const folder = folderOf({ 'a.json': plainDefinition });
    expect((await run('check', folder, '--summary', '--format', 'sarif')).code).toBe(2);
  });
});
