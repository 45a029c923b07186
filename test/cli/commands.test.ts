import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ask } from '../../src/cli/init/ask.ts';
import { initTargets, questions, recipeNames } from '../../src/cli/init/questions.ts';
import { formatNames, loadSpec } from '../../src/index.ts';
import { certflow, emptyFolder } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('explain prints the page of every rule', async () => {
  for (const { name, summary } of JSON.parse((await certflow('rules', '--json')).stdout).rules) {
    const { stdout } = await certflow('explain', name);
    expect([stdout.split('\n')[0], stdout.includes('<!-- ')]).toEqual([`# ${name}`, false]);
    expect(stdout).toContain(summary);
    expect(stdout).toContain('## Bad');
  }
  expect(JSON.parse((await certflow('explain', 'names', '--json')).stdout)).toMatchObject({
    name: 'names',
    severity: 'error',
    page: expect.stringContaining('# names'),
  });
  // What findings about a spec, or about a file that is none, are called can be explained too.
  expect((await certflow('explain', 'spec-shape')).stdout).toContain('# certflow.yaml');
  expect((await certflow('explain', 'document-syntax')).stdout).toContain('# certflow check');
  const wrong = await certflow('explain', 'nmaes');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean "names"?')]);
});

test('explain tells where a code of Azure comes from, and what to do', async () => {
  expect((await certflow('explain', 'aadsts700027')).stdout).toMatch(
    /^AADSTS700027 \(Entra ID\)\n\nThe certificate that signed .*\nRun "certflow cert rotate": .*compare its thumbprint/,
  );
  expect(JSON.parse((await certflow('explain', 'ForbiddenByRbac', '--json')).stdout)).toMatchObject({
    code: 'ForbiddenByRbac',
    cure: expect.stringContaining('Key Vault Secrets User'),
  });
  // Another number is another trouble: none is offered.
  const wrong = await certflow('explain', 'AADSTS999999');
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    'error: Entra ID has no code AADSTS999999 that certflow knows: Microsoft explains it at https://login.microsoftonline.com/error?code=999999\n',
  ]);
  expect((await certflow('explain', 'ForbiddenByRbak')).stderr).toContain('did you mean "ForbiddenByRbac"?');
});

test('explain tells each meaning of a code that services share', async () => {
  const { stdout } = await certflow('explain', 'accessdenied');
  expect(stdout).toMatch(/^AccessDenied \(Key Vault\)\n[\s\S]*\n\naccessDenied \(Microsoft Graph\)\n/);
  expect(JSON.parse((await certflow('explain', 'accessdenied', '--json')).stdout)).toMatchObject({
    service: 'Key Vault',
    others: [{ service: 'Microsoft Graph' }, { service: 'SharePoint' }],
  });
});

test('complete has examples', () => {
  expect(cli(['complete', '--help']).stdout).toContain('Examples:\n  certflow complete bash');
});

test('schema prints the schema of certflow.yaml, and each other one by its name', async () => {
  const fileOf = (name: string) => JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8'));
  expect(JSON.parse((await certflow('schema')).stdout)).toEqual(fileOf('certflow'));
  const names = globSync('*.schema.json', { cwd: join(root, 'schemas') }).map((file) => file.replace('.schema.json', ''));
  for (const name of names.filter((name) => name !== 'certflow'))
    expect(JSON.parse((await certflow('schema', name)).stdout), name).toEqual(fileOf(name));
  const wrong = await certflow('schema', 'definitions');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('certificate-workflow')]);
});

test.each(recipeNames)('init --yes writes a spec by the recipe %s that generates', async (recipe) => {
  const folder = await emptyFolder();
  const { code, stdout, stderr } = await certflow(
    'init',
    folder,
    '--yes',
    '--recipe',
    recipe,
    '--client-id',
    '22222222-2222-2222-2222-222222222222',
  );
  expect([code, stdout]).toEqual([
    0,
    ['certflow.yaml', 'certflow.schema.json', '.gitignore'].map((name) => `created  ${join(folder, name)}\n`).join(''),
  ]);
  expect(stderr).toContain('certflow generate');
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toMatch(/^out\/\n\*\.pfx\n\*\.p12\n\*\.pem\n\*\.key$/m);
  expect((await certflow('generate', join(folder, 'certflow.yaml'), '--out', join(folder, 'out'))).code).toBe(0);
});

test('every question has an option, and the answers stand in the spec', async () => {
  const folder = await emptyFolder();
  const answers = {
    name: 'my.flow',
    url: 'https://fabrikam.sharepoint.com/teams/x/_api/web',
    tenantId: 'fabrikam.com',
    vault: 'kv-fabrikam',
    certificate: 'c1',
    location: 'northeurope',
    resourceGroup: 'rg_(x)',
  };
  const options = questions.flatMap(({ key, flag }) =>
    key in answers ? [`--${flag}`, answers[key as keyof typeof answers]] : [],
  );
  expect((await certflow('init', folder, '--yes', ...options)).code).toBe(0);
  const { name, environments } = await loadSpec(join(folder, 'certflow.yaml'));
  expect([name, environments.get('')]).toMatchObject([
    'my.flow',
    {
      vault: { name: 'kv-fabrikam' },
      certificate: { name: 'c1' },
      appRegistration: {
        tenantId: 'fabrikam.com',
        permissions: [{ sites: [{ url: 'https://fabrikam.sharepoint.com/teams/x' }] }],
      },
      targets: { consumption: { resourceGroup: 'rg_(x)', location: 'northeurope' } },
    },
  ]);
});

test('init never overwrites: not the spec, not a .gitignore', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, '.gitignore'), 'mine\n');
  const first = await certflow('init', folder, '--yes');
  expect(first.stdout).toContain(`kept  ${join(folder, '.gitignore')}`);
  expect(first.stderr).toContain('It should name out/, *.pfx, *.p12, *.pem, *.key too.');
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('mine\n');
  const second = await certflow('init', folder, '--yes');
  expect([second.code, second.stderr]).toEqual([
    1,
    expect.stringContaining('certflow.yaml is there already. Nothing was written.'),
  ]);
});

test('a wrong answer is told at once, and nothing is written', async () => {
  const folder = join(await emptyFolder(), 'new');
  const { code, stderr } = await certflow('init', folder, '--yes', '--tenant-id', 'common');
  expect([code, stderr]).toEqual([1, expect.stringContaining('"common" names no single tenant')]);
  await expect(readFile(join(folder, 'certflow.yaml'))).rejects.toThrow('ENOENT');
});

test('without a terminal there are no questions', async () => {
  const { code, stderr } = await certflow('init', await emptyFolder());
  expect([code, stderr]).toEqual([2, expect.stringContaining('Add --yes')]);
});

test('the questions: an empty answer takes the example, a wrong one is asked again, options are not asked', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk) => {
    shown += chunk;
  });
  const keys = ['\r', '\r', 'my flow\r', '\r', 'common\r', '\u0015contoso.com\r', ...Array(6).fill('\r')];
  const typing = setInterval(() => (keys.length > 0 ? input.write(keys.shift()) : clearInterval(typing)), 30);
  const answers = await ask({ vault: 'kv-given' }, { input, output });
  clearInterval(typing);
  expect(answers).toEqual({
    signIn: 'entra',
    target: 'consumption',
    recipe: 'sharepoint',
    name: 'my-flow',
    tenantId: 'contoso.com',
    vault: 'kv-given',
  });
  expect(shown).toContain('my flow is written as my-flow.');
  expect(shown).toContain('no single tenant');
  expect(shown).not.toContain('Key vault: its name');
});

test.each([
  ['bash', 'complete -F'],
  ['zsh', '#compdef certflow'],
  ['fish', 'complete -c certflow'],
  ['powershell', 'Register-ArgumentCompleter'],
])('complete %s prints a script', (shell, text) => {
  const { stdout, status } = cli(['complete', shell]);
  expect([status, stdout]).toEqual([0, expect.stringContaining(text)]);
});

test('completion knows commands and options', () => {
  expect(cli(['complete', '--', 'gen']).stdout).toContain('generate');
  expect(cli(['complete', '--', 'generate', '--dry']).stdout).toContain('--dry-run');
});

test('the same bytes in every time zone, locale and working folder', async () => {
  const folder = await emptyFolder();
  const places = [
    { cwd: root, env: { TZ: 'UTC', LANG: 'C' } },
    { cwd: folder, env: { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  ];
  const made = [];
  for (const [index, { cwd, env }] of places.entries()) {
    const out = join(folder, `out${index}`);
    await mkdir(out);
    const args = ['generate', join(root, 'examples/sharepoint.certflow.yaml'), '-e', 'dev', '-o', out, '-f', ...formatNames];
    expect(cli(args, cwd, env).status).toBe(0);
    const paths = globSync('**/*', { cwd: out, withFileTypes: true }).filter((entry) => entry.isFile());
    made.push(paths.map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('base64')));
    expect(made[index]?.length).toBeGreaterThan(20);
  }
  expect(made[1]).toEqual(made[0]);
});

/** The command line as a process of its own, from the sources. */
function cli(args: readonly string[], cwd = root, env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [join(root, 'src/cli/bin.ts'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

test.each(initTargets)(
  'init --target %s: what it prints runs as printed, and writes where its .gitignore covers',
  async (target) => {
    const folder = await emptyFolder();
    const flow = join(folder, 'my flow');
    const { code, stderr } = await certflow('init', flow, '--yes', '--target', target);
    expect(code).toBe(0);
    const [generate = ''] = /certflow generate .*$/m.exec(stderr) ?? [];
    // What a shell makes of it.
    const words = generate.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
    expect((await certflow(...words.slice(1))).code).toBe(0);
    expect(globSync('**/*', { cwd: folder, withFileTypes: true }).length).toBeGreaterThan(6);
    expect((await readdir(folder)).sort()).toEqual(['my flow']);
    expect((await readdir(flow)).sort()).toEqual(['.gitignore', 'certflow.schema.json', 'certflow.yaml', 'out']);
    expect(stderr).toContain(`certflow setup "${join(flow, 'certflow.yaml')}"`);
  },
);

test('init takes what is on the clipboard, marks what is an example, and says both', async () => {
  const folder = await emptyFolder();
  const subscription = '/subscriptions/44444444-4444-4444-4444-444444444444/resourceGroups/rg-hr';
  const { stderr } = await certflow(
    ...['init', folder, '--yes', '--name', 'HR lists', '--location', '(Europe) West Europe', '--subscription', subscription],
    ...['--certificate', 'https://kv-hr.vault.azure.net/certificates/hr-cert/0123456789abcdef0123456789abcdef'],
  );
  const text = await readFile(join(folder, 'certflow.yaml'), 'utf8');
  const { name, environments } = await loadSpec(join(folder, 'certflow.yaml'));
  expect([name, environments.get('')]).toMatchObject([
    'HR-lists',
    {
      vault: { name: 'kv-hr' },
      certificate: { name: 'hr-cert' },
      targets: {
        consumption: { location: 'westeurope', resourceGroup: 'rg-hr', subscription: '44444444-4444-4444-4444-444444444444' },
      },
    },
  ]);
  expect(stderr).toContain('HR lists is written as HR-lists.');
  expect(stderr).toContain('hr-cert without its version');
  expect(stderr).toContain('the examples in ');
  expect(text.match(/# an example: write yours/g)).toHaveLength(3);
  expect(text).toContain('tenantId: contoso.onmicrosoft.com # an example: write yours');
});
