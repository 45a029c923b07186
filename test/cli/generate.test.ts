import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { specText } from '../specs.ts';
import { certflow, emptyFolder } from './run.ts';

async function withSpec(text = specText()): Promise<{ spec: string; out: string; definition: string }> {
  const folder = await emptyFolder();
  const spec = join(folder, 'certflow.yaml');
  await writeFile(spec, text);
  const out = join(folder, 'out');
  return { spec, out, definition: join(out, 'hr-lists', 'definition', 'definition.json') };
}

test('writes the files, says so, and says what must exist first', async () => {
  const { spec, out, definition } = await withSpec();
  const { code, stdout, stderr } = await certflow('generate', spec, '--out', out);
  expect(code).toBe(0);
  expect(stdout).toBe(`${dirname(definition)}  3 files: created\n`);
  expect(stderr).toMatch(/^Next, deploy to the Logic App .*:\n {2}certflow deploy \S+certflow\.yaml$/m);
  expect(JSON.parse(await readFile(definition, 'utf8'))).toHaveProperty('actions.Get_lists');
});

test('a second run changes nothing', async () => {
  const { spec, out } = await withSpec();
  await certflow('generate', spec, '--out', out);
  const before = await readFile(join(out, '.certflow-files.json'), 'utf8');
  const { stdout } = await certflow('generate', spec, '--out', out);
  expect(stdout).toBe(`${join(out, 'hr-lists', 'definition')}  3 files: unchanged\n`);
  const all = await certflow('generate', spec, '--out', out, '--verbose');
  expect(all.stdout.split('\n')).toEqual([...Array(3).fill(expect.stringMatching(/^unchanged {2}/)), '']);
  expect(await readFile(join(out, '.certflow-files.json'), 'utf8')).toBe(before);
});

test('of a folder, what changed and what is new beside others is named', async () => {
  const { spec, out, definition } = await withSpec();
  await certflow('generate', spec, '--out', out);
  await writeFile(spec, specText().replace('Get lists', 'Get items'));
  await rm(join(dirname(definition), 'README.md'));
  const { stdout } = await certflow('generate', spec, '--out', out);
  expect(stdout).toBe(
    [
      `${dirname(definition)}  3 files: 1 created, 2 changed`,
      `  changed    ${definition}`,
      `  changed    ${join(dirname(definition), 'code-view.json')}`,
      `  created    ${join(dirname(definition), 'README.md')}`,
      '',
    ].join('\n'),
  );
});

test('what certflow wrote it writes over; what somebody changed it does not, without --force', async () => {
  const { spec, out, definition } = await withSpec();
  await certflow('generate', spec, '--out', out);
  await writeFile(
    spec,
    specText().replace('sharepoint-cert', 'other-cert').replace('manual: {}', 'recurrence: { frequency: Day, interval: 1 }'),
  );
  expect((await certflow('generate', spec, '--out', out)).stdout).toContain(`changed    ${definition}`);

  await writeFile(definition, 'mine');
  await writeFile(spec, specText());
  const refused = await certflow('generate', spec, '--out', out);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`${definition} was not written by certflow, or was changed since. Nothing was written.`);
  expect(await readFile(definition, 'utf8')).toBe('mine');
  // Nothing at all: the file beside it, which could have been written, is the old one too.
  expect(await readFile(definition.replace('definition.json', 'code-view.json'), 'utf8')).toContain('other-cert');

  expect((await certflow('generate', spec, '--out', out, '--force')).code).toBe(0);
  expect(await readFile(definition, 'utf8')).toContain('Get_lists');
});

test('a file of the same content that certflow did not write is taken as its own', async () => {
  const { spec, out } = await withSpec();
  await certflow('generate', spec, '--out', out);
  await writeFile(join(out, '.certflow-files.json'), '{ "files": {} }');
  expect((await certflow('generate', spec, '--out', out)).code).toBe(0);
  expect(await readFile(join(out, '.certflow-files.json'), 'utf8')).toContain('hr-lists/definition/definition.json');
});

test('what a developer fills in stays, and does not stand in the way', async () => {
  const app = '  appService: { subscription: 33333333-3333-3333-3333-333333333333, resourceGroup: rg-web, site: app-contoso }\n';
  const { spec, out } = await withSpec(specText(app));
  const generate = () => certflow('generate', spec, '-f', 'app-service', '--out', out, '--verbose');
  expect((await generate()).code).toBe(0);
  const settings = join(out, 'hr-lists', 'app-service', 'csharp', 'local.user.settings.json');
  await writeFile(settings, 'mine');
  const { code, stdout } = await generate();
  expect([code, stdout]).toEqual([0, expect.stringContaining(`unchanged  ${settings}`)]);
  expect(await readFile(settings, 'utf8')).toBe('mine');
});

test('a damaged record is said to be so', async () => {
  const { spec, out } = await withSpec();
  await mkdir(out);
  await writeFile(join(out, '.certflow-files.json'), '{');
  const { code, stderr } = await certflow('generate', spec, '--out', out);
  expect([code, stderr]).toEqual([2, expect.stringContaining('is damaged. Remove it')]);
});

test('a folder that cannot be made is said to be so', async () => {
  const { spec } = await withSpec();
  for (const args of [
    ['generate', spec, '--out', join(spec, 'out')],
    ['init', join(spec, 'new'), '--yes'],
  ]) {
    const { code, stderr } = await certflow(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .* cannot be (read|written): /)]);
    expect(stderr).not.toContain('mistake in certflow');
  }
});

test('--dry-run writes nothing', async () => {
  const { spec, out } = await withSpec();
  const { stdout, stderr } = await certflow('generate', spec, '--out', out, '--dry-run');
  expect(stdout).toContain('created');
  expect(stderr).toContain('Nothing was written');
  await expect(readFile(join(out, '.certflow-files.json'))).rejects.toThrow('ENOENT');
});

test('--json is for programs: files, findings, and nothing on stderr', async () => {
  const text = specText('', 'url: https://contoso.sharepoint.com/x\n    audience: https://contoso.sharepoint.com/');
  const { spec, out } = await withSpec(text);
  const { stdout, stderr } = await certflow('generate', spec, '--out', out, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    folder: out,
    dryRun: false,
    files: [{ path: 'hr-lists/definition/definition.json', status: 'created' }, {}, {}],
    diagnostics: [{ rule: 'spec-mended', severity: 'info', pointer: '/requests/0/audience' }],
  });
  expect(stderr).toBe('');
});

test('several environments in one go', async () => {
  const { spec, out } = await withSpec(specText('environments: { dev: {}, prod: {} }'));
  const none = await certflow('generate', spec, '--out', out);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has 2 environments, and none was named: dev, prod')]);
  const { stdout } = await certflow('generate', spec, '--out', out, '-e', 'dev', 'prod', 'dev');
  expect(stdout.trim().split('\n')).toHaveLength(2);
});

test('a mistake is shown with its line, and nothing is written', async () => {
  const { spec, out } = await withSpec(specText('vualt: x'));
  const { code, stdout, stderr } = await certflow('generate', spec, '--out', out);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    `${spec}:11:1: error: unknown key "vualt" [spec-shape]\n11 | vualt: x\n   | ^~~~~\n  help: did you mean "vault"?\n\n1 error\n`,
  );
  expect(JSON.parse((await certflow('generate', spec, '--json')).stdout)).toMatchObject({
    diagnostics: [{ rule: 'spec-shape', range: { start: { line: 11, column: 1 } } }],
  });
});

test.each([
  [
    ['generate', 'no-such.yaml'],
    2,
    'no-such.yaml cannot be read: there is no such file or folder. "certflow init" writes a first spec',
  ],
  [['generate', 'src'], 2, 'src holds no certflow.yaml and no *.certflow.yaml.'],
  [['genrate'], 2, "unknown command 'genrate'"],
  [['generate', '--envirnoment', 'x'], 2, '(Did you mean --environment?)'],
  [['schema', 'certflow', 'definition'], 2, 'too many arguments'],
  [[], 2, 'certflow <command> --help'],
])('%j is wrong use', async (args, code, message) => {
  const result = await certflow(...args);
  expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)]);
});

test('YAML that is none is unreadable input', async () => {
  const { spec } = await withSpec('a: [');
  expect((await certflow('generate', spec)).code).toBe(2);
});

test('control characters of a file do not reach the terminal', async () => {
  const { spec } = await withSpec(specText('"\\e]0;title\\a": 1\n"b\\e[2Jc\\e[2J": 2'));
  const { stderr } = await certflow('generate', spec);
  expect(stderr).toContain('unknown key');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});
