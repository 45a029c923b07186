import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseName } from '../../src/certificate/distinguished-name.ts';
import { folderOf } from '../folder.ts';
import { certflow, certflowWith } from './run.ts';

const spec = {
  name: 'hr-lists',
  trigger: { manual: {} },
  appRegistration: { tenantId: 'contoso.com', clientId: '22222222-2222-2222-2222-222222222222' },
  vault: { name: 'kv-contoso-dev' },
  certificate: { name: 'sharepoint-cert' },
  requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists' }],
};

function written(changes: object = {}, encoding: BufferEncoding = 'utf8'): string {
  const file = join(folderOf({}), 'hr.yaml');
  writeFileSync(file, `${encoding === 'utf16le' ? '\ufeff' : ''}${JSON.stringify({ ...spec, ...changes }, null, 2)}`, encoding);
  return file;
}

test('check of a spec: its mistakes, those of what is made of it, and nothing where all is well', async () => {
  expect(await certflow('check', written())).toMatchObject({ code: 0, stderr: '1 file, 1 workflow: no findings\n' });
  const wrong = await certflow('check', written({ requests: [{ ...spec.requests[0], methd: 'GET' }] }));
  expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining('unknown key "methd"')]);
  // Only what is made of it for one of two targets shows it.
  const targets = { consumption: {}, appService: { resourceGroup: 'rg' } };
  const half = await certflow('check', written({ targets }), '--json');
  expect([half.code, half.stdout]).toEqual([1, expect.stringContaining('targets.appService.subscription is missing')]);
});

test('check of a spec names it in what it says to run', async () => {
  const file = written({ appRegistration: { tenantId: 'contoso.com' } });
  const { code, stdout } = await certflow('check', file);
  expect([code, stdout]).toEqual([0, expect.stringContaining(`"certflow setup ${file}" makes the app registration`)]);
});

test('a spec in UTF-16, as Windows PowerShell writes it, is read', async () => {
  expect((await certflow('check', written({}, 'utf16le'))).code).toBe(0);
});

test.each([
  ['guide', ['guide']],
  ['snippet', ['snippet', '-l', 'python']],
])('%s --out writes UTF-8, and over no other file', async (_, [command = '', ...options]) => {
  const file = written({
    targets: { consumption: { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg' } },
  });
  const out = join(folderOf({}), 'text');
  const printed = await certflow(command, file, ...options);
  expect(await certflow(command, file, ...options, '--out', out)).toMatchObject({ code: 0, stdout: `created    ${out}\n` });
  expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
  expect((await certflow(command, file, ...options, '--out', out)).stdout).toBe(`unchanged  ${out}\n`);
  writeFileSync(out, 'mine');
  const refused = await certflow(command, file, ...options, '--out', out);
  expect([refused.code, refused.stderr, readFileSync(out, 'utf8')]).toEqual([1, expect.stringContaining('--force'), 'mine']);
  expect((await certflow(command, file, ...options, '--out', out, '--force')).stdout).toBe(`changed    ${out}\n`);
});

test('schema --out writes what schema prints', async () => {
  const out = join(folderOf({}), 'x.json');
  expect((await certflow('schema', '--out', out)).code).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(JSON.parse((await certflow('schema')).stdout));
});

test.each([
  [['deploy', '--nope', '--json'], "unknown option '--nope'"],
  [['genrate', '--json'], "unknown command 'genrate'\n(Did you mean generate?)"],
  [['schema', 'spec', 'b', '--json'], "too many arguments for 'schema'. Expected 1 argument but got 2: spec, b."],
  [['snippet', '--json'], "required option '-l, --language <name>' not specified"],
])('%j gives JSON, and nothing beside it', async (args, error) => {
  const { code, stdout, stderr } = await certflow(...args);
  expect([code, stderr]).toEqual([2, '']);
  expect(JSON.parse(stdout).error).toContain(error);
});

test('several environments: the message says how one is named', async () => {
  const { stderr } = await certflow('generate', written({ environments: { dev: {}, prod: {} } }));
  expect(stderr).toContain('Name one, such as -e dev');
});

test('a pasted identifier with a version says that it pins it', async () => {
  const certificate = 'https://kv-contoso-dev.vault.azure.net/certificates/sharepoint-cert/0123456789abcdef0123456789abcdef';
  const { code, stdout } = await certflow('check', written({ certificate }));
  expect([code, stdout]).toEqual([0, expect.stringContaining('pins version 0123456789abcdef0123456789abcdef')]);
});

test('a name alone is the common name of a subject', () => {
  expect(parseName('HR lists reader').toString()).toBe('CN=HR lists reader');
  expect(parseName(' Müller ').toString()).toBe('CN=Müller');
  for (const wrong of ['', ' ', 'HR, lists', 'HR;lists', 'CN=', '#0403']) expect(() => parseName(wrong)).toThrow('is no subject');
});

test('a next step is called as certflow was: by npx where npm started it', async () => {
  const { stderr } = await certflowWith(
    { npm_command: 'exec' },
    'generate',
    written({ appRegistration: { tenantId: 'contoso.com' } }),
    '--dry-run',
  );
  expect(stderr).toContain('"npx certflow setup ');
});

test('runs without a subcommand lists', async () => {
  const { code, stderr } = await certflow('runs', written({ targets: { appService: { site: 'app' } } }));
  // It has got as far as asking where the workflow is.
  expect([code, stderr]).not.toEqual([2, expect.stringContaining('unknown command')]);
});

test.each([
  [['generate', '-e', 'dev', '--format', 'zzz'], 'there is no format "zzz": choose from definition, arm, '],
  [['generate', '-e', 'zzz'], 'has no environment "zzz": choose from dev, prod'],
  [['snippet', '-e', 'dev', '-l', 'zzz'], 'there is no snippet in "zzz": choose from csharp, '],
])('%j says what there is to choose from', async ([command = '', ...options], message) => {
  const { code, stderr } = await certflow(command, written({ environments: { dev: {}, prod: {} } }), ...options);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  [['snippet'], 'certflow snippet --help'],
  [['cert', 'create'], 'certflow cert create --help'],
  [['runs', 'show', 'latest', '--nope'], 'certflow runs show --help'],
])('%j without what it needs names its own help', async (args, help) => {
  expect((await certflow(...args)).stderr).toContain(`(${help} shows its options)`);
});

test('explain of no rule names the command that lists them, and not a hundred rules', async () => {
  expect((await certflow('explain', 'zzz-zzz')).stderr).toBe(
    'error: there is no rule "zzz-zzz". "certflow rules" lists all rules\n',
  );
  expect((await certflow('explain', 'pfx-straigt')).stderr).toContain('did you mean "pfx-straight"?');
});

test('adopt of a spec says that it is one, and what adopt takes', async () => {
  const file = written();
  const { code, stderr } = await certflow('adopt', file);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`${file} is a spec. certflow adopt takes existing workflows`)]);
});
