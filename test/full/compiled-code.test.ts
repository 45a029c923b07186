import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderOf } from '../folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** `npm run test:full` builds it first. */
const bin = join(root, 'dist', 'bin.cjs');
const definition = join(root, 'test/golden/definition/hr-lists/definition.json');

/** The built command line, with folders for temporary files and caches of its own. */
function ready(more: Readonly<Record<string, string>> = {}) {
  const home = folderOf({ 'tmp/x': '', 'cache/x': '' });
  const [temporary, caches] = [join(home, 'tmp'), join(home, 'cache')];
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
  const named = { HOME: home, TMPDIR: temporary, TEMP: temporary, TMP: temporary, XDG_CACHE_HOME: caches, LOCALAPPDATA: caches };
  const certflow = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [bin, ...args], {
      encoding: 'utf8',
      cwd: home,
      env: { ...env, ...named, ...more },
    });
    const how = /^compiled code (.*?)(?::.*)?$/m.exec(stderr)?.[1];
    return { status, result: stderr.split('\n').at(-2), how };
  };
  const check = () => certflow('check', definition, '--debug');
  return { certflow, check, temporary, caches };
}

const made = { status: 0, result: '1 file, 1 workflow: no findings', how: 'is made for the next run' };
const used = { ...made, how: 'of an earlier run is used' };

test('the second run of a command uses what the first has compiled, and only --debug says so', () => {
  const { certflow, check, temporary, caches } = ready();
  expect([check(), check(), check(), check(), check()]).toEqual([made, used, used, used, used]);
  expect(certflow('check', definition)).toEqual({ ...used, how: undefined });
  expect([certflow('--help').status, certflow('rules').status]).toEqual([0, 0]);
  expect([readdirSync(temporary), readdirSync(caches).sort()]).toEqual([['x'], ['certflow', 'x']]);
  expect(readdirSync(join(caches, 'certflow')).sort()).toEqual(['certflow.code', 'check.code', 'rules.code']);
});

test('compiled code that is damaged or foreign is made anew', () => {
  const { check, caches } = ready();
  const path = join(caches, 'certflow', 'check.code');
  check();
  const whole = readFileSync(path);
  const damages = [
    () => truncateSync(path, whole.length - 1000),
    () => writeFileSync(path, Buffer.alloc(whole.length)),
    () =>
      writeFileSync(
        path,
        whole.map((byte, index) => (index >= 100_000 && index < 100_064 ? byte ^ 0x5a : byte)),
      ),
    () => writeFileSync(path, whole.toString('latin1').replaceAll(process.version, 'v99.0.0'), 'latin1'),
    () => writeFileSync(path, 'x'),
  ];
  for (const damage of damages) {
    damage();
    expect([check(), check()], damage.toString()).toEqual([made, used]);
  }
});

test('a command that is used wrongly, or refuses what it reads, leaves nothing', () => {
  const { certflow, caches } = ready();
  expect([certflow('check', 'not-there.json').status, certflow('chekc').status]).toEqual([2, 2]);
  expect(readdirSync(join(caches, 'certflow'))).toEqual([]);
});

test('what the user has told Node about compiled code holds', () => {
  const without = ready({ NODE_DISABLE_COMPILE_CACHE: '1' });
  expect([without.check().how, without.check().how]).toEqual(['is not kept', 'is not kept']);
  expect(readdirSync(without.caches)).toEqual(['x']);
  const folder = folderOf({});
  const elsewhere = ready({ NODE_COMPILE_CACHE: folder });
  expect([elsewhere.check(), elsewhere.check()]).toEqual([made, used]);
  expect(readdirSync(elsewhere.caches)).toEqual(['x']);
  expect(readdirSync(join(folder, 'certflow'))).toEqual(['check.code']);
});
