import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certflow, emptyFolder } from './run.ts';

const secret = 'c2VjcmV0LXBmeA';
const definition = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: { $connections: { type: 'Object', defaultValue: {} } },
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: {
    Get_secret: {
      type: 'ApiConnection',
      inputs: {
        host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
        method: 'get',
        path: "/secrets/@{triggerBody()?['name']}/value",
      },
      runAfter: {},
      runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
    },
    Copy: { type: 'Compose', inputs: "@triggerBody()?['name']", runAfter: { Get_secret: ['Succeeded'] } },
  },
  outputs: {},
};

async function files(more: Record<string, string> = {}) {
  const folder = await emptyFolder();
  const all = {
    'workflow.json': JSON.stringify(definition),
    'body.json': '{ "name": "pfx" }',
    'mocks.yaml': `mocks:\n  - { connector: keyvault, answer: { body: { value: ${secret} } } }\n`,
    ...more,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return (name: string) => join(folder, name);
}

describe('certflow simulate', () => {
  it('says of several files why one is meant', async () => {
    const at = await files();
    const { code, stderr } = await certflow('simulate', at('workflow.json'), at('body.json'));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/2 files were named, and a simulation is one run of one workflow: name one\./),
    ]);
  });

  it('shows a run action by action, and nothing that is hidden', async () => {
    const file = await files();
    const { code, stdout, stderr } = await certflow(
      'simulate',
      file('workflow.json'),
      '-i',
      file('body.json'),
      '-m',
      file('mocks.yaml'),
    );
    expect(stdout).toBe(`manual      Succeeded
  outputs {"body":{"name":"pfx"}}
Get_secret  Succeeded
  inputs hidden
  outputs hidden
Copy        Succeeded
  inputs "pfx"
  outputs "pfx"
run Succeeded
`);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('gives the same as JSON', async () => {
    const file = await files();
    const { stdout } = await certflow(
      'simulate',
      file('workflow.json'),
      '-i',
      file('body.json'),
      '-m',
      file('mocks.yaml'),
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'Succeeded',
      actions: [{ name: 'Get_secret', hidden: ['inputs', 'outputs'] }, { outputs: 'pfx' }],
      notRun: [],
    });
    expect(stdout).not.toContain(secret);
  });

  it('says which mock an action needs, and exits with 1', async () => {
    const file = await files();
    const { code, stdout } = await certflow('simulate', file('workflow.json'));
    expect(code).toBe(1);
    expect(stdout).toContain('certflow does not run the connector keyvault without a mock; give one: { action: Get_secret,');
  });

  it('tells of a mock that answers nothing', async () => {
    const file = await files({ 'idle.yaml': 'mocks: [{ connector: keyvault }, { host: nobody.example }]' });
    const { code, stderr } = await certflow('simulate', file('workflow.json'), '-m', file('idle.yaml'));
    expect([code, stderr]).toEqual([0, 'mock 2 answered nothing\n']);
  });

  it('refuses what Azure refuses, with its place', async () => {
    const file = await files({
      'bad.json': JSON.stringify({
        ...definition,
        actions: { A: { type: 'Compose', inputs: 1, runAfter: { Gone: ['Succeeded'] } } },
      }),
    });
    const { code, stdout, stderr } = await certflow('simulate', file('bad.json'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Gone');
    expect(stderr).toContain('bad.json');
  });

  it.each([
    ['mocks: [{ hots: x }]', 1, 'unknown key "hots"'],
    ['mocks: [{ host: x, answer: { status: twelve } }]', 1, 'status is the text "twelve", but a whole number is expected'],
    ['mocks: [{ host: x, answer: { delay: 5s } }]', 1, 'an ISO 8601 duration such as PT5S'],
    ['[', 1, ''],
    ['{}', 1, '"mocks" is missing'],
  ])('refuses the mocks %s', async (text, code, message) => {
    const file = await files({ 'wrong.yaml': text });
    const ended = await certflow('simulate', file('workflow.json'), '-m', file('wrong.yaml'));
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(message);
  });

  it.each([
    [['--now', 'noon'], '"noon" is no time'],
    [['-t', 'other'], 'no trigger "other"'],
    [['-w', 'other'], 'no single workflow "other"'],
    [['-i', 'gone.json'], 'gone.json cannot be read'],
  ])('refuses %j as wrong use', async (args, message) => {
    const file = await files();
    const { code, stderr } = await certflow('simulate', file('workflow.json'), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('runs the workflow that a spec becomes, with its parameters', async () => {
    const file = await files({
      'spec.yaml':
        'mocks:\n  - { action: Get_secret, answer: { body: { value: c2VjcmV0 } } }\n  - { host: contoso.sharepoint.com, answer: { body: { value: [] } } }\n',
    });
    const { code, stdout } = await certflow(
      'simulate',
      'examples/sharepoint.certflow.yaml',
      '-e',
      'dev',
      '-m',
      file('spec.yaml'),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Get_lists   Succeeded\n  inputs hidden');
  });
});
