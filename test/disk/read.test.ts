import { spawn } from 'node:child_process';
import { existsSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { UnreadableError } from '../../src/diagnostics/errors.ts';
import { readFound, readNamed } from '../../src/disk/read.ts';
import { folderOf } from '../folder.ts';
import { makePipe, makeSocket, needsPosix } from './odd-files.ts';

/** Why a file is not read. */
function reasonOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableError);
    return (error as UnreadableError).reason;
  }
  return 'it is read';
}

/** A folder with a file, beside one that is none of its business. */
function place(files: Record<string, unknown> = {}) {
  const root = folderOf({ 'in/a.json': 'inside', 'out/secret': 'outside', ...files });
  return { folder: join(root, 'in'), file: join(root, 'in', 'a.json'), outside: join(root, 'out', 'secret'), root };
}

describe('what was found', () => {
  it('is read, through a link in the folder too', () => {
    const { folder } = place({ 'in/deep/b.json': 'deep' });
    symlinkSync(join('deep', 'b.json'), join(folder, 'l.json'));
    expect([readFound(folder, 'a.json'), readFound(folder, 'l.json')].map(String)).toEqual(['inside', 'deep']);
  });

  it('may lie in a folder that is reached through a link', () => {
    const { folder, root } = place();
    symlinkSync(folder, join(root, 'link'), 'junction');
    expect(String(readFound(join(root, 'link'), 'a.json'))).toBe('inside');
  });

  it('is nothing where there is no file', () => {
    const { folder } = place({ 'in/b.json/c': '' });
    expect(['gone.json', 'b.json', 'a.json/x'].map((path) => readFound(folder, path))).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a link to outside', '../out/secret', /it is a link to .*secret, which is outside of the folder/],
    ['a link to nowhere', 'gone', /it is a link that leads nowhere/],
    ['a link to itself', 'x.json', /its links lead in a circle/],
    ['a link to a folder', '.', /it is a folder/],
    ['a link to a device', '/dev/zero', /outside of the folder/],
  ])('is not read where it is %s', (_, target, reason) => {
    const { folder } = place();
    symlinkSync(target, join(folder, 'x.json'));
    expect(reasonOf(() => readFound(folder, 'x.json'))).toMatch(reason);
  });

  it('is not read through a linked folder', () => {
    const { folder } = place();
    symlinkSync('../out', join(folder, 'sub'), 'junction');
    expect(reasonOf(() => readFound(folder, 'sub/secret'))).toMatch(/outside of the folder/);
    expect(reasonOf(() => readFound(folder, '../out/secret'))).toMatch(/outside of the folder/);
  });

  it('is not read where it is a pipe or a socket, and nothing waits for one', async (context) => {
    needsPosix(context);
    const { folder } = place();
    makePipe(join(folder, 'p.json'));
    await makeSocket(join(folder, 's.json'));
    symlinkSync('p.json', join(folder, 'l.json'));
    expect(['p.json', 's.json', 'l.json'].map((path) => reasonOf(() => readFound(folder, path)))).toEqual([
      'it is a pipe, and no file',
      'it is a socket, and no file',
      'it is a pipe, and no file',
    ]);
  });

  it('has a name that every system can have', () => {
    const { folder } = place({ 'in/aux.json': 'x' });
    expect(reasonOf(() => readFound(folder, 'aux.json'))).toBe(
      '"aux.json" is the name of a device on Windows. Give it another name',
    );
  });

  it('has no more bytes than it may have, whatever its size says', (context) => {
    const { folder } = place();
    truncateSync(join(folder, 'a.json'), 3e9);
    expect(reasonOf(() => readFound(folder, 'a.json'))).toBe('it has more than 512 MB');
    expect(reasonOf(() => readFound(folder, 'a.json', { most: 2e6 }))).toBe('it has more than 2 MB');
    if (!existsSync('/proc/self/maps')) {
      process.stderr.write(`skipped: the end of ${context.task.name}: there is no /proc, whose files have no size\n`);
      return;
    }
    expect(readFound('/proc/self', 'maps')?.length).toBeGreaterThan(5000);
    expect(reasonOf(() => readFound('/proc/self', 'maps', { most: 5000 }))).toBe('it has more than 0.005 MB');
  });
});

describe('what was named', () => {
  it('may be a link to anywhere', () => {
    const { folder, outside } = place();
    symlinkSync(outside, join(folder, 'one'));
    symlinkSync('one', join(folder, 'two'));
    expect(String(readNamed(join(folder, 'two')))).toBe('outside');
  });

  it.each([
    ['gone', 'there is no such file or folder'],
    ['.', 'it is a folder'],
    ['a.json/x', 'there is no such file or folder'],
    ['NUL', '"NUL" is the name of a device on Windows. Give it another name'],
    [`${'x'.repeat(300)}`, 'its name is too long'],
  ])('%s is told of', (path, reason) => {
    expect(reasonOf(() => readNamed(join(place().folder, path)))).toBe(reason);
  });

  it('is no device and no socket, and a pipe only where one may be', async (context) => {
    needsPosix(context);
    const { folder } = place();
    const pipe = makePipe(join(folder, 'p'));
    const socket = await makeSocket(join(folder, 's'));
    expect(reasonOf(() => readNamed(pipe))).toBe('it is a pipe, and no file');
    for (const [path, kind] of [
      ['/dev/zero', 'device'],
      [socket, 'socket'],
    ] as const)
      expect(reasonOf(() => readNamed(path, { mayBePipe: true }))).toBe(`it is a ${kind}, and no file`);
  });

  it('is what comes through a pipe that may be one, however late and in however many pieces', (context) => {
    needsPosix(context);
    const pipe = makePipe(join(place().folder, 'p'));
    const pieces = `sleep 0.1; { printf one; sleep 0.1; printf two; } > '${pipe}'`;
    const writer = spawn('sh', ['-c', pieces], { stdio: 'ignore' });
    expect(String(readNamed(pipe, { mayBePipe: true }))).toBe('onetwo');
    writer.unref();
  });

  it('is given up where nobody writes into the pipe, and where too much comes', (context) => {
    needsPosix(context);
    const pipe = makePipe(join(place().folder, 'p'));
    const writer = spawn('sh', ['-c', `exec cat /dev/zero > '${pipe}'`], { stdio: 'ignore' });
    expect(reasonOf(() => readNamed(pipe, { mayBePipe: true, most: 1e6 }))).toBe('it has more than 1 MB');
    writer.kill();
    let now = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => (now += 100_000));
    const idle = makePipe(join(place().folder, 'p'));
    expect(reasonOf(() => readNamed(idle, { mayBePipe: true }))).toBe('nobody wrote it to its end within two minutes');
  });
});
