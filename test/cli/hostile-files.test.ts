import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import { makePipe, makeSocket, needsPosix } from '../disk/odd-files.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { specText } from '../specs.ts';
import { workflowToMend } from './mended-workflow.ts';
import { certflow } from './run.ts';

const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const canary = 'cAn4ry-of-another';
const wrong = JSON.stringify(workflowToMend({ authentication: {} }), null, 2);
const project = {
  'host.json': {},
  'connections.json': {},
  'One/workflow.json': { definition: plainDefinition, kind: 'Stateful' },
};

/** A folder `in` with a workflow, beside one that is none of its business. */
function place(files: Record<string, unknown> = {}) {
  const root = folderOf({ 'in/a.json': plainDefinition, 'home/x': canary, 'home/wrong.json': wrong, ...files });
  return { root, folder: join(root, 'in'), home: join(root, 'home') };
}

describe('what nobody named', () => {
  it.each([
    [
      'leads out of the folder',
      '../home/x',
      /certflow\.check\.yaml cannot be read: it is a link to .*, which is outside of the folder/,
    ],
    ['leads in a circle', 'certflow.check.yaml', /its links lead in a circle/],
    ['is a device', '/dev/zero', /cannot be read: it is a link to/],
  ])('settings that are a link which %s', async (_, target, message) => {
    const { folder } = place();
    symlinkSync(target, join(folder, 'certflow.check.yaml'));
    for (const path of [folder, join(folder, 'a.json')]) {
      const { code, stdout, stderr } = await certflow('check', path);
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
      expect(stdout + stderr).not.toContain(canary);
    }
  });

  it('settings, .gitignore and repositories of a folder for everybody, as /tmp, are nobody’s', async (context) => {
    needsPosix(context);
    const { root, folder } = place({
      'certflow.check.yaml': 'baseline: gone.json',
      '.gitignore': '*.json',
      '.git/HEAD': '',
    });
    const checked = () => certflow('check', folder);
    expect((await checked()).code).toBe(2);
    chmodSync(root, 0o1777);
    expect(await checked()).toMatchObject({ code: 0, stderr: '1 file, 1 workflow: no findings\n' });
    // Many a machine of CI makes all folders so.
    chmodSync(root, 0o777);
    expect((await checked()).code).toBe(2);
  });

  it('settings may be a link within their repository', async () => {
    const { folder, root } = place({
      'shared.yaml': 'ignore: []\nbaseline: known.json',
      '.git/HEAD': '',
      'in/known.json': { findings: [] },
    });
    symlinkSync('../shared.yaml', join(folder, 'certflow.check.yaml'));
    expect((await certflow('check', join(root, 'in', 'a.json'))).code).toBe(0);
  });

  it.each([
    ['../home/known.json', /names the baseline .*known\.json, which lies outside of .*\. Name it with --baseline\./],
    ['link.json', /link\.json cannot be (read|written): it is a link to .*, which is outside of the folder/],
    ['linked/known.json', /outside of the folder|linked is a link to/],
  ])('a baseline %s of settings that were found is neither read nor written', async (baseline, message) => {
    const { folder, home } = place({ 'in/certflow.check.yaml': `baseline: ${baseline}`, 'home/known.json': { findings: [] } });
    symlinkSync('../home/known.json', join(folder, 'link.json'));
    symlinkSync('../home', join(folder, 'linked'), 'junction');
    for (const more of [[], ['--update-baseline']]) {
      const { code, stderr } = await certflow('check', join(folder, 'a.json'), ...more);
      expect([code > 0, stderr]).toEqual([true, expect.stringMatching(message)]);
    }
    expect(read(home, 'known.json')).toBe('{"findings":[]}');
    // Who names the settings trusts what they say.
    if (baseline.startsWith('..'))
      expect((await certflow('check', folder, '--config', join(folder, 'certflow.check.yaml'))).code).toBe(0);
  });

  it('a .gitignore that is none is passed over, and told', async (context) => {
    needsPosix(context);
    const odd = [place(), place(), place({ '.git/HEAD': '' })] as const;
    symlinkSync('/dev/zero', join(odd[0].folder, '.gitignore'));
    makePipe(join(odd[1].folder, '.gitignore'));
    makePipe(join(odd[2].root, '.gitignore'));
    for (const { folder } of odd) {
      const { code, stderr } = await certflow('check', folder);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/passed over .*\.gitignore: it is a (pipe|link to)/)]);
    }
  });

  it('what looks like a workflow and is no file is passed over, and told; what else lies there is not', async (context) => {
    needsPosix(context);
    const { folder } = place({ 'in/aux.json': plainDefinition });
    makePipe(join(folder, 'p.json'));
    makePipe(join(folder, 'p.txt'));
    await makeSocket(join(folder, 's.zip'));
    symlinkSync('loop.json', join(folder, 'loop.json'));
    symlinkSync('nowhere', join(folder, 'gone.json'));
    symlinkSync('../home/wrong.json', join(folder, 'out.json'));
    symlinkSync('../home', join(folder, 'linked'));
    symlinkSync('a.json', join(folder, 'again.json'));
    symlinkSync('.', join(folder, 'round'));
    const { code, stderr } = await certflow('check', folder);
    const told = stderr.split('\n').filter((line) => line.startsWith('passed over'));
    expect(told.map((line) => line.replace(`passed over ${folder}/`, '').replace(/to \/\S+,/, 'to …,')).sort()).toEqual([
      'aux.json: "aux.json" is the name of a device on Windows. Give it another name',
      'gone.json: it is a link that leads nowhere',
      'linked: it is a link to a folder outside',
      'loop.json: its links lead in a circle',
      'out.json: it is a link to …, which is outside of the folder',
      'p.json: it is a pipe, and no file',
      's.zip: it is a socket, and no file',
    ]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 file, 1 workflow: no findings')]);
  });

  it.each(['connections.json', 'parameters.json', 'local.settings.json'])(
    'a project’s %s that is none is a finding, and the workflows are read',
    async (name) => {
      const { 'connections.json': _, ...rest } = project;
      const { folder } = place(Object.fromEntries(Object.entries(rest).map(([path, contents]) => [`in/${path}`, contents])));
      symlinkSync('../home/x', join(folder, name));
      const { code, stdout, stderr } = await certflow('check', folder, '--json');
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        summary: { workflows: 2 },
        diagnostics: [
          {
            rule: 'document-syntax',
            file: join(folder, name),
            message: expect.stringMatching(/^the file cannot be read: it is a link to .*outside of the folder$/),
          },
        ],
      });
      expect(stdout + stderr).not.toContain(canary);
    },
  );

  it.each([
    ['certflow.yaml', 'cert', 'expiring'],
    ['a.certflow-test.yaml', 'test'],
  ])('%s below a folder', async (name, ...command) => {
    if (process.platform === 'win32') return;
    const [odd, linked] = [place().folder, place().folder];
    makePipe(join(odd, name));
    symlinkSync('../home/x', join(linked, name));
    for (const [folder, reason] of [
      [odd, 'it is a pipe, and no file'],
      [linked, 'it is a link to'],
    ] as const) {
      const { code, stdout, stderr } = await certflow(...command, folder);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${name} cannot be read: ${reason}`)]);
      expect(stdout + stderr).not.toContain(canary);
    }
  });
});

describe('what somebody named', () => {
  it.each([
    ['check'],
    ['generate'],
    ['cert', 'inspect'],
    ['check', 'a.json', '--config'],
    ['check', 'a.json', '--baseline'],
    ['status', 'certflow.yaml', '--cloud-file'],
  ])('%s %s %s: a pipe is told, and nothing waits for it', async (command, ...args) => {
    if (process.platform === 'win32') return;
    const folder = folderOf({ 'a.json': plainDefinition, 'certflow.yaml': specText() });
    const pipe = makePipe(join(folder, 'pipe'));
    const given = args.map((word) => (/^(a\.json|certflow\.yaml)$/.test(word) ? join(folder, word) : word));
    const { code, stderr } = await certflow(command as string, ...given, pipe);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${pipe} cannot be read: it is a pipe, and no file`)]);
  });

  it('may be a link, in a project too', async () => {
    const files = Object.fromEntries(Object.entries(project).map(([path, contents]) => [`in/${path}`, contents]));
    const { folder, home } = place({ ...files, 'home/workflow.json': { definition: plainDefinition, kind: 'Stateful' } });
    symlinkSync('../home/wrong.json', join(folder, 'l.json'));
    expect((await certflow('check', join(folder, 'l.json'))).stdout).toContain('[pfx-straight]');
    symlinkSync(join(home, 'workflow.json'), join(folder, 'One', 'l.json'));
    symlinkSync('../One', join(folder, 'One', 'Two'));
    expect((await certflow('check', join(folder, 'One', 'l.json'))).code).toBe(0);
  });

  it('a password comes through a pipe', async (context) => {
    needsPosix(context);
    const folder = folderOf({});
    const pfx = join(folder, 'x.pfx');
    const made = ['cert', 'create', '--subject', 'CN=x', '-o', join(folder, 'x'), '--encoding', 'modern'];
    const pipe = makePipe(join(folder, 'pipe'));
    const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
    const run = (command: string) =>
      spawnSync('sh', ['-c', command], { encoding: 'utf8', env: { ...process.env, NODE: process.execPath } });
    const created = run(`(echo ${canary} > '${pipe}' &) ; "$NODE" '${bin}' ${made.join(' ')} --password-file '${pipe}'`);
    expect([created.status, created.stderr]).toEqual([0, expect.not.stringContaining(canary)]);
    expect(run(`echo ${canary} | "$NODE" '${bin}' cert inspect '${pfx}' --password-file /dev/stdin`).status).toBe(0);
    const empty = run(`: | "$NODE" '${bin}' cert inspect '${pfx}' --password-file /dev/stdin`);
    expect([empty.status, empty.stderr]).toEqual([2, expect.stringContaining('The password in /dev/stdin is empty')]);
    const endless = run(`cat /dev/zero | "$NODE" '${bin}' cert inspect '${pfx}' --password-stdin`);
    expect([endless.status, endless.stderr]).toEqual([
      2,
      expect.stringContaining('standard input cannot be read: it has more than 1 MB'),
    ]);
  });
});

describe('--fix', () => {
  it('keeps the mode, and leaves nothing beside the file', async (context) => {
    needsPosix(context);
    const { folder } = place({ 'in/a.json': wrong });
    chmodSync(join(folder, 'a.json'), 0o600);
    await certflow('check', folder, '--fix');
    expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o600);
    expect([read(folder, 'a.json') === wrong, readdirSync(folder)]).toEqual([false, ['a.json']]);
  });

  it('mends what a link in the folder leads to, and the link stays one', async () => {
    const { folder } = place({ 'in/deep/b.json': wrong });
    symlinkSync(join('deep', 'b.json'), join(folder, 'l.json'));
    const { stderr } = await certflow('check', join(folder, 'l.json'), '--fix');
    expect(stderr).toContain('fixed 4 findings in 1 file');
    expect([lstatSync(join(folder, 'l.json')).isSymbolicLink(), read(folder, 'deep', 'b.json') === wrong]).toEqual([true, false]);
  });

  it('leaves alone what lies outside, and says which file to name', async () => {
    const { folder, home } = place();
    symlinkSync('../home/wrong.json', join(folder, 'l.json'));
    const { code, stderr } = await certflow('check', join(folder, 'l.json'), '--fix');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /not fixed: .*l\.json cannot be written: it is a link to .*wrong\.json, which is outside of the folder\. Name that file itself\.\n/,
      ),
    ]);
    expect([lstatSync(join(folder, 'l.json')).isSymbolicLink(), read(home, 'wrong.json')]).toEqual([true, wrong]);
  });
});

describe('what is written', () => {
  const withSpec = (files: Record<string, unknown> = {}) => place({ 'in/certflow.yaml': specText(), ...files });

  it.each([
    ['generate', 'certflow.yaml', '--out', 'linked'],
    ['generate', 'certflow.yaml', '--out', 'linked/sub/..'],
    ['generate', 'certflow.yaml', '--out', 'linked', '--force'],
    ['export', 'certflow.yaml', '--format', 'flow-package', '--out', 'linked/x.zip'],
    ['init', 'linked', '--yes'],
    ['cert', 'create', '--subject', 'CN=x', '--no-password', '--out', 'linked/'],
    ['cert', 'request', '--subject', 'CN=x', '--no-password', '--out', 'linked/x'],
    ['check', 'a.json', '--baseline', 'linked/known.json', '--update-baseline'],
  ])('%s %s %s %s %s %s goes through no linked folder', async (...args) => {
    const { folder, home } = withSpec();
    symlinkSync('../home', join(folder, 'linked'), 'junction');
    const before = readdirSync(home);
    const given = args.map((word) => (/^(linked|certflow\.yaml|a\.json)/.test(word) ? `${folder}/${word}` : word));
    const { code, stderr } = await certflow(...given);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/linked is a link to .*, and nothing is written through it\. Name the folder itself\./),
    ]);
    expect([readdirSync(home), readdirSync(folder).sort()]).toEqual([before, ['a.json', 'certflow.yaml', 'linked']]);
  });

  it('a pipeline goes through no linked folder below the root', async () => {
    const { folder, home } = withSpec();
    symlinkSync('../home', join(folder, '.github'), 'junction');
    const args = ['pipeline', join(folder, 'certflow.yaml'), '--for', 'github', '--out', folder];
    expect(await certflow(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/\.github is a link to/) });
    expect(readdirSync(home).sort()).toEqual(['wrong.json', 'x']);
  });

  it('generate writes all or nothing where a link in the folder leads out', async () => {
    const { folder, home } = withSpec();
    const out = join(folder, 'out');
    await certflow('generate', join(folder, 'certflow.yaml'), '--out', out, '--format', 'definition');
    const [file, ...rest] = readdirSync(join(out, 'hr-lists', 'definition'));
    expect(rest.length).toBeGreaterThan(0);
    for (const link of ['arm/azuredeploy.json', 'bicep']) {
      const place = folderOf({ 'o/hr-lists/arm/README.md': 'mine' });
      symlinkSync(join(home, 'x'), join(place, 'o', 'hr-lists', link));
      const formats = ['--format', 'definition', 'arm', 'bicep', '--force'];
      const { code, stderr } = await certflow('generate', join(folder, 'certflow.yaml'), '--out', join(place, 'o'), ...formats);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/is a link to/)]);
      expect([read(home, 'x'), readdirSync(join(place, 'o')), existsSync(join(place, 'o', 'hr-lists', 'definition'))]).toEqual([
        canary,
        ['hr-lists'],
        false,
      ]);
    }
    expect(file).toBeDefined();
  });

  it('the client id of setup: told before anything is made', async () => {
    const { folder, root } = withSpec();
    symlinkSync('../in/certflow.yaml', join(root, 'home', 'l.yaml'));
    const { code, stderr } = await certflow('setup', join(root, 'home', 'l.yaml'), '--yes');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/l\.yaml cannot be written: it is a link to .*certflow\.yaml, which is outside/),
    ]);
    expect(read(folder, 'certflow.yaml')).toBe(specText());
  });

  it.each([
    ['aux', /aux.*"aux" is the name of a device on Windows\. Choose another name\./],
    ['CON.prod', /"CON\.prod" is the name of a device on Windows/],
  ])('a spec called %s makes no folder of that name', async (name, message) => {
    const { folder } = place({ 'in/certflow.yaml': specText().replace('hr-lists', name) });
    const { code, stderr } = await certflow('generate', join(folder, 'certflow.yaml'), '--out', join(folder, 'out'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('a certificate, a package or a folder that is named so is not written', async () => {
    const { folder } = withSpec();
    const spec = join(folder, 'certflow.yaml');
    for (const args of [
      ['export', spec, '--format', 'flow-package', '--out', join(folder, 'nul.zip')],
      ['cert', 'create', '--subject', 'CN=x', '--no-password', '--out', join(folder, 'com1')],
      ['generate', spec, '--out', join(folder, 'lpt1.d')],
      ['init', join(folder, 'prn'), '--yes'],
    ])
      expect(await certflow(...args)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('is the name of a device on Windows'),
      });
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'certflow.yaml']);
  });
});

describe('the folder of the emulator', () => {
  it('is no link, and what lies in it is read as what was found', async (context) => {
    needsPosix(context);
    const { root, home, folder } = place();
    symlinkSync('home', join(root, 'linked'));
    await expect(startEmulator({ folder: join(root, 'linked') })).rejects.toThrow(/linked is a link to/);
    makePipe(join(folder, 'state.json'));
    await expect(startEmulator({ folder })).rejects.toThrow('state.json cannot be read: it is a pipe, and no file');
    const keys = folderOf({});
    symlinkSync(join(home, 'x'), join(keys, 'authority.pem'));
    await expect(startEmulator({ folder: keys })).rejects.toThrow(/authority\.pem cannot be read: it is a link to/);
    expect(readdirSync(home).sort()).toEqual(['wrong.json', 'x']);
  });

  it('has files for their owner alone, also where they were open to others', async (context) => {
    needsPosix(context);
    const folder = folderOf({ 'cloud.json': '{}' });
    chmodSync(join(folder, 'cloud.json'), 0o644);
    await (await startEmulator({ folder })).close();
    for (const name of readdirSync(folder)) expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
  });
});

test('the certificate that a cloud file names is read as any other', async (context) => {
  needsPosix(context);
  const folder = folderOf({ 'certflow.yaml': specText() });
  await (await startEmulator({ folder })).close();
  rmSync(join(folder, 'deployer.pem'));
  makePipe(join(folder, 'deployer.pem'));
  const args = ['status', join(folder, 'certflow.yaml'), '--cloud-file', join(folder, 'cloud.json')];
  expect(await certflow(...args)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('deployer.pem cannot be read: it is a pipe'),
  });
});

test('a link to a .gitignore elsewhere is not written into, and the key that it should name neither', async () => {
  const { folder, home } = place();
  writeFileSync(join(home, 'ignored'), 'x\n');
  symlinkSync('../home/ignored', join(folder, '.gitignore'));
  const { code, stderr } = await certflow('cert', 'create', '--subject', 'CN=x', '--no-password', '--out', `${folder}/`);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/Nothing was written: .*\.gitignore cannot be read: it is a link to/),
  ]);
  expect([readdirSync(folder).sort(), read(home, 'ignored')]).toEqual([['.gitignore', 'a.json'], 'x\n']);
});
