import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../src/formats/solution/xml.ts';
import { certflow, emptyFolder } from './run.ts';

const definition = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: { Copy: { type: 'Compose', inputs: "@triggerBody()?['n']", runAfter: {} } },
  outputs: {},
};
const tests = (outputs: unknown) => `workflow: w.json
cases:
  - name: copies <what> it gets
    trigger: { body: { n: 1 } }
    expect: { actions: { Copy: { outputs: ${JSON.stringify(outputs)} } } }
`;

async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'below'));
  for (const [name, text] of Object.entries({
    'w.json': JSON.stringify(definition),
    'below/w.json': JSON.stringify(definition),
    ...files,
  }))
    writeFileSync(join(folder, name), text);
  return folder;
}

describe('certflow test', () => {
  it('finds test files in a folder, and passes', async () => {
    const folder = await folderWith({
      'a.certflow-test.yaml': tests(1),
      'below/b.certflow-test.json': JSON.stringify({
        workflow: 'w.json',
        cases: [{ name: 'runs', expect: { status: 'Succeeded' } }],
      }),
    });
    const { code, stdout, stderr } = await certflow('test', folder);
    expect(stdout).toBe(
      `${join(folder, 'a.certflow-test.yaml')}\n  passed  copies <what> it gets\n${join(folder, 'below', 'b.certflow-test.json')}\n  passed  runs\n`,
    );
    expect([code, stderr]).toEqual([0, '2 passed, 0 failed\n']);
  });

  it('shows what does not hold at its line, and exits with 1', async () => {
    const folder = await folderWith({ 'a.certflow-test.yaml': tests(2) });
    const { code, stdout, stderr } = await certflow('test', join(folder, 'a.certflow-test.yaml'));
    expect(code).toBe(1);
    expect(stdout).toContain('  failed  copies <what> it gets');
    expect(stderr).toContain('a.certflow-test.yaml:5:34: error: the outputs of "Copy": 2 is expected, and it is 1 [test-failed]');
    expect(stderr).toContain('0 passed, 1 failed');
  });

  it('prints JSON', async () => {
    const folder = await folderWith({ 'a.certflow-test.yaml': tests(2) });
    const { code, stdout } = await certflow('test', folder, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { files: 1, passed: 0, failed: 1, mistakes: 0 },
      files: [{ cases: [{ passed: false, failures: [{ rule: 'test-failed' }], run: { status: 'Succeeded' } }], mistakes: [] }],
    });
  });

  it('prints JUnit that is XML, whatever stands in names', async () => {
    const folder = await folderWith({ 'a.certflow-test.yaml': tests('\u0001 ]]> &') });
    const { stdout } = await certflow('test', folder, '--format', 'junit');
    const suite = parseXml(stdout).getElementsByTagName('testsuite').item(0);
    expect([suite?.getAttribute('tests'), suite?.getAttribute('failures'), suite?.getAttribute('errors')]).toEqual([
      '1',
      '1',
      '0',
    ]);
    expect(suite?.getElementsByTagName('testcase').item(0)?.getAttribute('name')).toBe('copies <what> it gets');
    expect(suite?.getElementsByTagName('failure').item(0)?.textContent).toContain(':5:34 /cases/0/expect/actions/Copy/outputs');
  });

  it('prints annotations', async () => {
    const folder = await folderWith({ 'a.certflow-test.yaml': tests(2) });
    const { stdout } = await certflow('test', folder, '--format', 'github');
    expect(stdout).toMatch(/^::error file=.*a\.certflow-test\.yaml,line=5,/);
  });

  it('tells of wrong names, and fails for them', async () => {
    const folder = await folderWith({
      'a.certflow-test.yaml': 'workflow: w.json\ncases: [{ name: a, expect: { not: { actions: [Cpoy] } } }]\n',
    });
    const { code, stderr } = await certflow('test', folder);
    expect(code).toBe(1);
    expect(stderr).toContain('the workflow has no action "Cpoy"');
    expect(stderr).toContain('1 passed, 0 failed, 1 mistake in the tests');
  });

  it('refuses a workflow that Azure refuses', async () => {
    const folder = await folderWith({
      'a.certflow-test.yaml': tests(1),
      'w.json': JSON.stringify({
        ...definition,
        actions: { A: { type: 'Compose', inputs: 1, runAfter: { Gone: ['Succeeded'] } } },
      }),
    });
    const { code, stderr } = await certflow('test', folder);
    expect(code).toBe(1);
    expect(stderr).toContain('w.json');
    expect(stderr).toContain('Gone');
  });

  it.each<[string, string[], string]>([
    ['a folder without tests', ['below'], 'holds no test file: they are called <name>.certflow-test.yaml'],
    ['a file that is not there', ['gone.certflow-test.yaml'], 'cannot be read: there is no such file or folder'],
    ['a workflow that is not there', ['a.certflow-test.yaml', '--workflow', 'gone.json'], 'gone.json cannot be read'],
  ])('%s is wrong use', async (_, args, message) => {
    const folder = await folderWith({ 'a.certflow-test.yaml': tests(1) });
    const { code, stderr } = await certflow('test', ...args.map((one) => (one.startsWith('--') ? one : join(folder, one))));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('holds for the package of the spec whose workflow it was written for', async () => {
    const folder = await emptyFolder();
    const package_ = join(folder, 'hr.zip');
    expect((await certflow('export', 'examples/sharepoint.certflow.yaml', '-e', 'dev', '-o', package_)).code).toBe(0);
    const own = await certflow('test', 'examples');
    const solution = await certflow('test', 'examples', '--workflow', package_);
    expect([own.code, own.stdout, own.stderr]).toEqual([0, solution.stdout, solution.stderr]);
    expect(solution.code).toBe(0);
  });

  it('takes the parameters of an app of Standard, and its settings', async () => {
    const folder = await folderWith({
      'host.json':
        '{ "version": "2.0", "extensionBundle": { "id": "Microsoft.Azure.Functions.ExtensionBundle.Workflows", "version": "[1.*, 2.0.0)" } }',
      'parameters.json': '{ "who": { "type": "String", "value": "@appsetting(\'WHO\')" }, "how": { "type": "Int", "value": 2 } }',
      'connections.json': '{}',
    });
    await mkdir(join(folder, 'flow'));
    writeFileSync(
      join(folder, 'flow', 'workflow.json'),
      JSON.stringify({
        kind: 'Stateful',
        definition: {
          ...definition,
          actions: { Copy: { type: 'Compose', inputs: "@{parameters('who')} @{parameters('how')}", runAfter: {} } },
        },
      }),
    );
    writeFileSync(
      join(folder, 'a.certflow-test.yaml'),
      'workflow: flow/workflow.json\nappSettings: { who: Ann }\ncases: [{ name: a, expect: { actions: { Copy: { outputs: Ann 2 } } } }]\n',
    );
    expect(await certflow('test', join(folder, 'a.certflow-test.yaml'))).toMatchObject({
      code: 0,
      stderr: '1 passed, 0 failed\n',
    });
  });

  it('has a schema that editors complete by', async () => {
    const { stdout } = await certflow('schema', 'test');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync('schemas/test.schema.json', 'utf8')));
  });
});
