import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../src/formats/solution/xml.ts';
import { until } from '../until.ts';
import { certflow, emptyFolder, startCertflow } from './run.ts';

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

  it('tells what no case reaches, at its line, and draws it', async () => {
    const folder = await folderWith({
      'w.json': JSON.stringify({ ...definition, actions: { ...definition.actions, ...branching } }, undefined, 2),
      'a.certflow-test.yaml': tests(1),
    });
    const [svg, markdown] = [join(folder, 'p.svg'), join(folder, 'p.md')];
    const { code, stdout, stderr } = await certflow('test', join(folder, 'a.certflow-test.yaml'), '--coverage', '--picture', svg);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('cases reach 2 of 3 actions, 1 of 2 branches, 1 of 2 states of runAfter'),
    ]);
    expect(stderr).toMatch(/w\.json:\d+:\d+: info: no case runs "Big" \[test-coverage\]/);
    expect(stderr).toContain('no case finds the condition "Which" true');
    expect(stderr).toContain('no case runs "Which" after "Copy" is Failed');
    const drawn = readFileSync(svg, 'utf8');
    expect(drawn.match(/class="card missed"/g)).toHaveLength(1);
    expect(drawn).toContain('Failed (no test)');
    expect((await certflow('test', join(folder, 'a.certflow-test.yaml'), '--picture', markdown)).code).toBe(0);
    expect(readFileSync(markdown, 'utf8')).toMatch(/^```mermaid\nflowchart TD[\s\S]*classDef missed[\s\S]*```\n$/);
  });

  it('has the coverage in every format, of one workflow that two files test', async () => {
    const folder = await folderWith({
      'w.json': JSON.stringify({ ...definition, actions: { ...definition.actions, ...branching } }),
      'a.certflow-test.yaml': tests(1),
      'b.certflow-test.yaml': tests(1)
        .replaceAll('n: 1', 'n: 9')
        .replace('"outputs":1', '"outputs":9')
        .replace('outputs: 1', 'outputs: 9'),
    });
    const json = JSON.parse((await certflow('test', folder, '--coverage', '--json')).stdout);
    expect(json.coverage).toHaveLength(1);
    expect(json.coverage[0].parts.filter(({ isReached }: { isReached: boolean }) => !isReached)).toEqual([
      expect.objectContaining({ kind: 'state', pointer: '/actions/Which/runAfter/Copy/1' }),
    ]);
    const junit = parseXml((await certflow('test', folder, '--coverage', '--format', 'junit')).stdout);
    expect(junit.getElementsByTagName('property').item(0)?.getAttribute('value')).toBe('3/3');
    const github = await certflow('test', folder, '--coverage', '--format', 'github');
    expect(github.stdout).toMatch(/^::notice file=.*w\.json,line=1,.*no case runs "Which" after "Copy" is Failed/m);
    expect((await certflow('test', folder, '--json')).stdout).not.toContain('coverage');
  });

  it('draws one workflow only', async () => {
    const folder = await folderWith({
      'a.certflow-test.yaml': tests(1),
      'below/b.certflow-test.yaml': tests(1),
    });
    const { code, stderr } = await certflow('test', folder, '--picture', join(folder, 'p.svg'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('2 workflows were tested, and one can be drawn')]);
  });

  it('writes runs down, compares with them, and takes out those of cases that are gone', async () => {
    const file = (value: number, name = 'one') =>
      `workflow: w.json\ncases: [{ name: ${name}, trigger: { body: { n: ${value} } }, expect: { snapshot: true } }]\n`;
    const folder = await folderWith({ 'a.certflow-test.yaml': file(1) });
    const path = join(folder, 'a.certflow-test.yaml');
    const snapshots = join(folder, 'a.certflow-test.snapshots.json');
    expect(await certflow('test', path)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the run is not written down yet'),
    });
    expect(await certflow('test', path, '--update')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`written  ${snapshots}`),
    });
    expect(await certflow('test', folder)).toMatchObject({ code: 0, stderr: '1 passed, 0 failed\n' });
    expect((await certflow('test', path, '--update')).stderr).toBe('1 passed, 0 failed\n');
    writeFileSync(path, file(2));
    expect(await certflow('test', path)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('2:61: error: the run has changed at /trigger/outputs/body/n: 1 is expected, and it is 2'),
    });
    writeFileSync(path, file(2, 'other'));
    expect((await certflow('test', path)).stderr).toContain('there is a snapshot of a case "one", and no such case');
    expect((await certflow('test', path, '--update')).code).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(snapshots, 'utf8')))).toEqual(['other']);
    writeFileSync(snapshots, '[]');
    expect(await certflow('test', path)).toMatchObject({ code: 2, stderr: expect.stringContaining('it holds no snapshots') });
  });

  it('refuses two cases of one name that are written down', async () => {
    const one = '{ name: one, expect: { snapshot: true } }';
    const folder = await folderWith({ 'a.certflow-test.yaml': `workflow: w.json\ncases: [${one}, ${one}]\n` });
    const { code, stderr } = await certflow('test', folder, '--update');
    expect([code, stderr]).toEqual([1, expect.stringContaining('another case with a snapshot is called "one" too')]);
  });

  it('writes a first test, which passes, and never over one that is there', async () => {
    const folder = await folderWith({});
    const [workflow, file] = [join(folder, 'w.json'), join(folder, 'w.certflow-test.yaml')];
    const made = await certflow('test', '--init', workflow);
    expect([made.code, made.stdout, made.stderr]).toEqual([0, `written  ${file}\n`, `next: certflow test ${file}\n`]);
    expect(await certflow('test', file)).toMatchObject({ code: 0, stderr: '1 passed, 0 failed\n' });
    expect(await certflow('test', '--init', workflow)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is there already'),
    });
    expect(await certflow('test', '--init', workflow, file)).toMatchObject({ code: 2 });
  });

  it('writes a first test of a spec, which holds for its package too', async () => {
    const folder = await emptyFolder();
    const [spec, package_] = [join(folder, 'hr.certflow.yaml'), join(folder, 'hr.zip')];
    writeFileSync(spec, readFileSync('examples/sharepoint.certflow.yaml'));
    expect((await certflow('test', '--init', spec, '-e', 'dev')).code).toBe(0);
    expect((await certflow('export', spec, '-e', 'dev', '-o', package_)).code).toBe(0);
    for (const args of [[], ['--workflow', package_]])
      expect(await certflow('test', join(folder, 'hr.certflow-test.yaml'), ...args)).toMatchObject({
        code: 0,
        stderr: '1 passed, 0 failed\n',
      });
    expect(readFileSync(join(folder, 'hr.certflow-test.yaml'), 'utf8')).toContain('secrets:');
  });

  it('tests again whenever a file changes, goes on where one cannot be read, and ends by Ctrl-C', async () => {
    const folder = await folderWith({ 'a.certflow-test.yaml': tests(1) });
    const path = join(folder, 'a.certflow-test.yaml');
    const { said, ended } = startCertflow({}, 'test', path, '--watch');
    const count = (words: string) => said.stderr.split(words).length - 1;
    await until(() => count('Ctrl-C ends it') === 1);
    writeFileSync(path, tests(2));
    await until(() => count('0 passed, 1 failed') >= 1);
    const seen = count('Ctrl-C ends it');
    writeFileSync(path, 'workflow: [');
    await until(() => count('[test-file]') >= 1 && count('Ctrl-C ends it') > seen);
    const before = count('1 passed, 0 failed');
    writeFileSync(path, tests(1));
    await until(() => count('1 passed, 0 failed') > before);
    process.emit('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('does not wait where the call is wrong', async () => {
    const folder = await emptyFolder();
    expect((await certflow('test', folder, '--watch')).code).toBe(2);
  });
});

const branching = {
  Which: {
    type: 'If',
    expression: { greater: ["@triggerBody()?['n']", 5] },
    actions: { Big: { type: 'Compose', inputs: 1, runAfter: {} } },
    runAfter: { Copy: ['Succeeded', 'Failed'] },
  },
};
