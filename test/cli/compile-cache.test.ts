import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileCacheFolder } from '../../src/cli/compile-cache.ts';
import { needsPosix } from '../disk/odd-files.ts';
import { folderOf } from '../folder.ts';

describe('the folder of compiled code', () => {
  it('lies where each system keeps such', () => {
    const home = folderOf({});
    const at = (platform: NodeJS.Platform, env: Record<string, string>) => compileCacheFolder({ HOME: home, ...env }, platform);
    expect(at('linux', {})).toBe(join(home, '.cache', 'certflow'));
    expect(at('linux', { XDG_CACHE_HOME: '' })).toBe(join(home, '.cache', 'certflow'));
    expect(at('linux', { XDG_CACHE_HOME: 'relative' })).toBe(join(home, '.cache', 'certflow'));
    expect(at('linux', { XDG_CACHE_HOME: join(home, 'x') })).toBe(join(home, 'x', 'certflow'));
    expect(at('darwin', {})).toBe(join(home, 'Library', 'Caches', 'certflow'));
    expect(at('win32', { LOCALAPPDATA: join(home, 'l') })).toBe(join(home, 'l', 'certflow'));
    expect(at('win32', {})).toBeUndefined();
    expect(at('linux', { HOME: 'relative' })).toBeUndefined();
  });

  it('is for its owner alone', (context) => {
    needsPosix(context);
    const home = folderOf({});
    const folder = compileCacheFolder({ XDG_CACHE_HOME: home }) ?? '';
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['others may write into it', (path: string) => chmodSync(path, 0o770)],
    ['others may read it', (path: string) => chmodSync(path, 0o755)],
  ])('is not used where %s', (_, open) => {
    const home = folderOf({ 'certflow/x': '' });
    open(join(home, 'certflow'));
    expect(compileCacheFolder({ XDG_CACHE_HOME: home }, 'linux')).toBe(
      process.platform === 'win32' ? join(home, 'certflow') : undefined,
    );
  });

  it('is no link, no file and nothing that cannot be made', () => {
    const home = folderOf({ 'file/certflow': '', 'elsewhere/x': '' });
    mkdirSync(join(home, 'linked'));
    symlinkSync(join(home, 'elsewhere'), join(home, 'linked', 'certflow'), 'junction');
    for (const name of ['file', 'linked', 'file/certflow'])
      expect(compileCacheFolder({ XDG_CACHE_HOME: join(home, name) }, 'linux'), name).toBeUndefined();
  });

  it('is not used where it, or the folder around it, is another user’s', (context) => {
    if (process.getuid?.() !== 0) {
      process.stderr.write(`skipped: ${context.task.name}: only root can give files away\n`);
      context.skip('only root can give files away');
    }
    const home = folderOf({ 'one/x': '', 'two/certflow/x': '' });
    chownSync(join(home, 'one'), 4711, 4711);
    chmodSync(join(home, 'two', 'certflow'), 0o700);
    chownSync(join(home, 'two', 'certflow'), 4711, 4711);
    for (const name of ['one', 'two'])
      expect(compileCacheFolder({ XDG_CACHE_HOME: join(home, name) }, 'linux'), name).toBeUndefined();
  });

  it('lies where the user has told Node to keep such', () => {
    const home = folderOf({});
    const at = (env: Record<string, string>) => compileCacheFolder({ XDG_CACHE_HOME: join(home, 'x'), ...env }, 'linux');
    expect(at({ NODE_COMPILE_CACHE: join(home, 'node') })).toBe(join(home, 'node', 'certflow'));
    expect(at({ NODE_COMPILE_CACHE: '' })).toBe(join(home, 'x', 'certflow'));
    expect(at({ NODE_DISABLE_COMPILE_CACHE: '1', NODE_COMPILE_CACHE: join(home, 'node') })).toBeUndefined();
  });
});
