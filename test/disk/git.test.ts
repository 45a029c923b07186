import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, type TestContext, test, vi } from 'vitest';
import { findFiles } from '../../src/disk/find-files.ts';
import { programNamed } from '../../src/disk/program.ts';
import { zip } from '../../src/index.ts';
import { certflow } from '../cli/run.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { needsProgram } from '../programs.ts';
import { needsPosix } from './odd-files.ts';

const ignoring = {
  '.gitignore': 'out/\n*.skip.json\n',
  'a.json': plainDefinition,
  'kept.skip.json': plainDefinition,
  'left.skip.json': plainDefinition,
  'out/deep/kept.json': plainDefinition,
  'out/left.json': plainDefinition,
  'node_modules/kept.json': plainDefinition,
};

/** A repository in which files are kept in spite of its .gitignore. */
function repository(context: TestContext, kept = ['kept.skip.json', 'out/deep/kept.json', 'node_modules/kept.json']): string {
  needsProgram(context, 'git', ['--version'], (output) => output.startsWith('git version'));
  const folder = folderOf(ignoring);
  execFileSync('git', ['-C', folder, 'init', '-q']);
  execFileSync('git', ['-C', folder, 'add', '-f', '.gitignore', 'a.json', ...kept]);
  return folder;
}

function found(folder: string): string[] {
  return findFiles(folder, (path, reason) => expect.fail(`${path}: ${reason}`));
}

test('what git keeps is read in spite of .gitignore, from a folder in the repository too', (context) => {
  const folder = repository(context);
  expect(found(folder)).toEqual(['.gitignore', 'a.json', 'kept.skip.json', 'out/deep/kept.json']);
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'sub', 'größe "x".skip.json'), '{}');
  writeFileSync(join(folder, 'sub', 'left.skip.json'), '{}');
  execFileSync('git', ['-C', folder, 'add', '-f', 'sub/größe "x".skip.json']);
  expect(found(join(folder, 'sub'))).toEqual(['größe "x".skip.json']);
});

test('what is gone from the disk, or is no file any more, is not', (context) => {
  const folder = repository(context);
  rmSync(join(folder, 'kept.skip.json'));
  rmSync(join(folder, 'out', 'deep', 'kept.json'));
  symlinkSync('../../a.json', join(folder, 'out', 'deep', 'kept.json'));
  expect(found(folder)).toEqual(['.gitignore', 'a.json']);
});

test('without git, and where it does not say, .gitignore alone counts', (context) => {
  const folder = repository(context);
  vi.stubEnv('PATH', '');
  expect(found(folder)).toEqual(['.gitignore', 'a.json']);
  vi.unstubAllEnvs();
  writeFileSync(join(folder, '.git', 'index'), 'no index');
  expect(found(folder)).toEqual(['.gitignore', 'a.json']);
});

test('another repository that the environment names is not asked', (context) => {
  const folder = repository(context);
  const other = repository(context, []);
  vi.stubEnv('GIT_DIR', join(other, '.git'));
  vi.stubEnv('GIT_WORK_TREE', other);
  expect(found(folder)).toContain('kept.skip.json');
});

test('nothing of a repository is run: neither a program that its configuration names, nor one that is called git', (context) => {
  needsPosix(context);
  const folder = repository(context);
  const mark = join(folder, 'was-run');
  const script = join(folder, 'git');
  writeFileSync(script, `#!/bin/sh\ntouch '${mark}'\n`);
  chmodSync(script, 0o755);
  for (const name of ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'core.editor'])
    execFileSync('git', ['-C', folder, 'config', name, script]);
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  vi.stubEnv('PATH', ['', '.', process.env.PATH].join(delimiter));
  expect(found(folder)).toContain('kept.skip.json');
  expect(existsSync(mark)).toBe(false);
  // The same question asked as it comes would have run it.
  execFileSync('git', ['-C', folder, 'status'], { stdio: 'ignore' });
  expect(existsSync(mark)).toBe(true);
});

test('a program is one of a folder that the path names whole, and a file', (context) => {
  needsPosix(context);
  const folder = folderOf({ 'here/tool': '', 'there/tool': '', 'folder/tool/x': '' });
  const at = (...names: string[]) => names.map((name) => join(folder, name));
  vi.spyOn(process, 'cwd').mockReturnValue(join(folder, 'here'));
  vi.stubEnv('PATH', ['', '.', 'here', ...at('folder', 'there')].join(delimiter));
  expect([programNamed('tool'), programNamed('no-tool')]).toEqual([join(folder, 'there', 'tool'), undefined]);
});

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
const told = 'it is a pointer of Git LFS, and not the file itself. Fetch that with "git lfs pull"';

test('a pointer of Git LFS is told, wherever a file is read', async () => {
  const folder = folderOf({
    'p.json': pointer,
    'p.zip': pointer,
    'p.pfx': pointer,
    'certflow.yaml': pointer,
    'a.json': plainDefinition,
    'app/host.json': {},
    'app/connections.json': pointer,
    'app/W/workflow.json': { definition: plainDefinition },
    'in.zip': zip([
      { path: 'p.json', contents: pointer },
      { path: 'a.json', contents: JSON.stringify(plainDefinition) },
    ]),
  });
  const { code, stdout, stderr } = await certflow('check', folder);
  expect(stderr.match(/^passed over .*$/gm)?.sort()).toEqual(
    ['in.zip!p.json', 'p.json', 'p.zip'].map((name) => `passed over ${join(folder, name)}: ${told}`),
  );
  expect([code, stdout]).toEqual([1, expect.stringContaining(`connections.json:1:1: error: the file cannot be read: ${told}`)]);
  for (const args of [
    ['check', 'p.json'],
    ['check', 'p.zip'],
    ['cert', 'inspect', 'p.pfx'],
    ['generate', 'certflow.yaml'],
  ]) {
    const path = join(folder, args.at(-1) as string);
    expect(await certflow(...args.slice(0, -1), path)).toMatchObject({
      code: 2,
      stderr: `error: ${path} cannot be read: ${told}\n`,
    });
  }
});
