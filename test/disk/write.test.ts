import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { RefusedError, UsageError } from '../../src/diagnostics/errors.ts';
import { replaceFile, writeNewFiles } from '../../src/disk/write.ts';
import { folderOf } from '../folder.ts';
import { makePipe, makeSocket, needsPosix } from './odd-files.ts';

const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** A folder to write into, beside one that is none of its business. */
function place(files: Record<string, unknown> = {}) {
  const root = folderOf({ 'out/a': 'before', 'home/a': 'home', ...files });
  return { root, out: join(root, 'out'), home: join(root, 'home') };
}

function refusal(write: () => unknown): string {
  try {
    write();
  } catch (error) {
    expect(error instanceof UsageError || error instanceof RefusedError).toBe(true);
    return (error as Error).message;
  }
  return 'it is written';
}

describe('a file that is replaced', () => {
  it('keeps its mode, whatever the process takes away from new files', (context) => {
    needsPosix(context);
    const { out } = place();
    for (const mode of [0o600, 0o664, 0o755, 0o444]) {
      chmodSync(join(out, 'a'), mode);
      replaceFile(join(out, 'a'), 'after');
      expect([modeOf(join(out, 'a')), read(out, 'a')]).toEqual([mode, 'after']);
    }
  });

  it('has the mode that is asked for, and a new one what is usual', (context) => {
    needsPosix(context);
    const { out } = place();
    replaceFile(join(out, 'a'), 'x', { mode: 0o600 });
    replaceFile(join(out, 'new'), 'x');
    writeFileSync(join(out, 'usual'), '');
    expect([modeOf(join(out, 'a')), modeOf(join(out, 'new'))]).toEqual([0o600, modeOf(join(out, 'usual'))]);
  });

  it('is the target of a link into its folder, and the link stays', (context) => {
    needsPosix(context);
    const { out } = place({ 'out/deep/b': 'before' });
    chmodSync(join(out, 'deep', 'b'), 0o640);
    symlinkSync(join('deep', 'b'), join(out, 'l'));
    symlinkSync('l', join(out, 'll'));
    replaceFile(join(out, 'll'), 'after');
    expect([read(out, 'deep', 'b'), readlinkSync(join(out, 'll')), readlinkSync(join(out, 'l'))]).toEqual([
      'after',
      'l',
      join('deep', 'b'),
    ]);
    expect(modeOf(join(out, 'deep', 'b'))).toBe(0o640);
    expect(readdirSync(join(out, 'deep'))).toEqual(['b']);
  });

  it('may be one of a folder further up', () => {
    const { out } = place({ 'out/deep/b': 'x' });
    symlinkSync(join('..', 'a'), join(out, 'deep', 'l'));
    expect(refusal(() => replaceFile(join(out, 'deep', 'l'), 'after'))).toMatch(/outside of the folder/);
    replaceFile(join(out, 'deep', 'l'), 'after', { folder: out });
    expect(read(out, 'a')).toBe('after');
  });

  it.each([
    [
      'outside',
      '../home/a',
      /l cannot be written: it is a link to .*home.a, which is outside of the folder\. Name that file itself\./,
    ],
    ['to nowhere', 'gone', /a link of this name that leads to no file/],
    ['to itself', 'l', /a link of this name that leads to no file/],
    ['to a folder', '.', /a link of this name that leads to no file/],
    ['to a device', '/dev/null', /a link of this name that leads to no file/],
  ])('is no link %s', (_, target, message) => {
    const { out, home } = place();
    symlinkSync(target, join(out, 'l'));
    expect(refusal(() => replaceFile(join(out, 'l'), 'after'))).toMatch(message);
    expect([read(home, 'a'), readlinkSync(join(out, 'l')), readdirSync(out).sort()]).toEqual(['home', target, ['a', 'l']]);
  });

  it('is not reached through a linked folder, whether it has the name of a file there or a new one', () => {
    const { root, home } = place();
    symlinkSync('home', join(root, 'linked'), 'junction');
    for (const path of ['a', 'new', 'sub/new'])
      expect(refusal(() => replaceFile(join(root, 'linked', path), 'after', { folder: join(root, 'linked') }))).toMatch(
        /the folder .*linked is a link to .*home.?, and nothing is written through it\. Name the folder itself\./,
      );
    expect([readdirSync(home), read(home, 'a')]).toEqual([['a'], 'home']);
  });

  it('is not reached through a link further down, or below the working directory', () => {
    const { root, out, home } = place();
    symlinkSync(home, join(out, 'sub'), 'junction');
    expect(refusal(() => replaceFile(join(out, 'sub', 'x'), 'after'))).toMatch(/is a link to/);
    expect(refusal(() => replaceFile(join(out, 'sub', 'deep', 'x'), 'after', { folder: out }))).toMatch(/is a link to/);
    vi.spyOn(process, 'cwd').mockReturnValue(root);
    expect(refusal(() => replaceFile(join(out, 'sub', 'deep', 'x'), 'after'))).toMatch(/is a link to/);
    expect(readdirSync(home)).toEqual(['a']);
  });

  it('is no folder, pipe or socket', async (context) => {
    const { out, root } = place();
    expect(refusal(() => replaceFile(out, 'x'))).toMatch(/there is a folder of this name/);
    needsPosix(context);
    makePipe(join(root, 'p'));
    await makeSocket(join(root, 's'));
    expect(refusal(() => replaceFile(join(root, 'p'), 'x'))).toMatch(/there is a pipe of this name/);
    expect(refusal(() => replaceFile(join(root, 's'), 'x'))).toMatch(/there is a socket of this name/);
    expect(refusal(() => replaceFile('/dev/null', 'x'))).toMatch(/there is a device of this name/);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.each(['con', 'aux.json', 'sub/nul/x', 'x.', 'x ', 'a:b'])('is not called %j', (path) => {
    const { out } = place();
    expect(refusal(() => replaceFile(join(out, path), 'x', { folder: out }))).toMatch(/Windows.*Choose another name/);
    expect(readdirSync(out)).toEqual(['a']);
  });

  it('leaves nothing behind where the system refuses', () => {
    const { out } = place();
    const path = join(out, 'x'.repeat(300));
    expect(refusal(() => replaceFile(path, 'after'))).toMatch(/cannot be written: ENAMETOOLONG/);
    expect(readdirSync(out)).toEqual(['a']);
  });

  it('is written whole beside others of the name that another process might take', () => {
    const { out } = place();
    writeFileSync(join(out, `a.${process.pid}.tmp`), 'not ours');
    replaceFile(join(out, 'a'), 'after');
    expect([read(out, 'a'), read(out, `a.${process.pid}.tmp`)]).toEqual(['after', 'not ours']);
  });
});

describe('new files', () => {
  const nothing = () => undefined;

  it('are all written or none: where the second cannot be, the first goes again', () => {
    const { out } = place();
    const file = { path: join(out, 'x'), contents: 'x', isSecret: true };
    expect(() => writeNewFiles([file, file], nothing)).toThrow(`${file.path} is there already`);
    const long = { ...file, path: join(out, 'x'.repeat(300)) };
    expect(() => writeNewFiles([file, long], nothing)).toThrow('Nothing was written: ENAMETOOLONG');
    const failing = () => {
      throw new UsageError('it cannot be kept out of git');
    };
    expect(() => writeNewFiles([file], failing)).toThrow('Nothing was written: it cannot be kept out of git');
    expect(readdirSync(out)).toEqual(['a']);
  });

  it('are not written through a linked folder, nor where a link is that leads nowhere', () => {
    const { root, out, home } = place();
    symlinkSync('home', join(root, 'linked'), 'junction');
    symlinkSync('gone', join(out, 'key'));
    const file = (path: string) => [{ path, contents: 'x', isSecret: true }];
    expect(refusal(() => writeNewFiles(file(join(root, 'linked', 'key')), nothing))).toMatch(/is a link to/);
    expect(refusal(() => writeNewFiles(file(join(out, 'key')), nothing))).toMatch(/key is there already/);
    expect([readdirSync(home), readdirSync(out).sort()]).toEqual([['a'], ['a', 'key']]);
  });

  it('are for their owner alone where they are secret', (context) => {
    needsPosix(context);
    const { out } = place();
    mkdirSync(join(out, 'sub'));
    const paths = [join(out, 'sub', 'key'), join(out, 'cer')] as const;
    writeNewFiles(
      paths.map((path, index) => ({ path, contents: '', isSecret: index === 0 })),
      nothing,
    );
    expect(paths.map(modeOf)).toEqual([0o600, 0o644 & ~process.umask()]);
  });
});
