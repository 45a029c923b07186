import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { CodeCache } from '../../src/cli/code-cache.ts';
import { folderOf } from '../folder.ts';

const source = `({ one: () => { ${'if (globalThis.notThere) notThere(); '.repeat(100)} }, two: () => 2 })`;

/** A run of a command: takes the code that is there, calls a function, leaves its code. Gives whether there was code, and what it says. */
function run(folder: string | undefined, { hash = 'x', name = 'main.cjs', call = 'one', code = source } = {}) {
  const cache = new CodeCache(folder, 'check');
  const cachedData = cache.codeOf(name, hash);
  const script = new Script(code, cachedData ? { cachedData } : {});
  cache.add(name, hash, script);
  script.runInThisContext()[call]();
  cache.keep();
  return { isCompiled: cachedData !== undefined && script.cachedDataRejected === false, state: cache.state };
}

/** What is kept, after one run. */
function kept() {
  const folder = folderOf({});
  run(folder);
  return { folder, path: join(folder, 'check.code') };
}

describe('compiled code', () => {
  it('of a run is used by the next one of the same command', () => {
    const { folder, path } = kept();
    expect(readdirSync(folder)).toEqual(['check.code']);
    expect(run(folder)).toEqual({ isCompiled: true, state: `compiled code of an earlier run is used: ${path}` });
    expect(new CodeCache(folder, 'generate').codeOf('main.cjs', 'x')).toBeUndefined();
  });

  it('has the functions that were called, and those of the runs before', () => {
    // In one process V8 remembers a source that it has seen.
    const sizeAfter = (...calls: string[]) => {
      const folder = folderOf({});
      const code = `${source} // ${calls}`;
      for (const call of calls) run(folder, { call, code });
      return readFileSync(join(folder, 'check.code')).length;
    };
    expect(sizeAfter('one') - sizeAfter('two')).toBeGreaterThan(5000);
    expect(sizeAfter('one', 'two')).toBeGreaterThan(sizeAfter('one'));
    expect(sizeAfter('two', 'one')).toBeGreaterThan(sizeAfter('one'));
  });

  it('is written three times, and then again only for a script that is new', () => {
    const { folder, path } = kept();
    const contents = () => readFileSync(path, 'latin1');
    for (let each = 2; each <= 3; each++) {
      const before = contents();
      run(folder);
      expect(contents(), `run ${each}`).not.toBe(before);
    }
    const before = contents();
    run(folder);
    expect(contents()).toBe(before);
    run(folder, { hash: 'other' });
    expect(contents()).not.toBe(before);
  });

  it('of the ways that a command can go lies side by side', () => {
    const folder = folderOf({});
    const go = (way: string, version = '1') => {
      const cache = new CodeCache(folder, 'check');
      const isCompiled = ['main.cjs', `${way}.cjs`].map((name) => {
        const cachedData = cache.codeOf(name, version);
        const script = new Script(source, cachedData ? { cachedData } : {});
        cache.add(name, version, script);
        return cachedData !== undefined;
      });
      cache.keep();
      return isCompiled;
    };
    const names = () =>
      [...readFileSync(join(folder, 'check.code'), 'latin1').matchAll(/"name":"(\w+)/g)].map(([, name]) => name);
    expect([go('a'), go('b'), go('a'), go('b')]).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [true, true],
    ]);
    const before = readFileSync(join(folder, 'check.code'), 'latin1');
    expect([go('a'), go('b')]).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(readFileSync(join(folder, 'check.code'), 'latin1')).toBe(before);
    // Of another version nothing is left.
    expect([go('a', '2'), new Set(names())]).toEqual([[false, false], new Set(['main', 'a'])]);
  });

  it('of another source is made anew', () => {
    const { folder } = kept();
    expect(run(folder, { hash: 'y' }).isCompiled).toBe(false);
    expect(run(folder, { hash: 'y' }).isCompiled).toBe(true);
    expect(run(folder, { hash: 'y', name: 'other.cjs' }).isCompiled).toBe(false);
  });

  it('of another Node is made anew', () => {
    const { folder, path } = kept();
    writeFileSync(path, readFileSync(path, 'latin1').replaceAll(process.version, 'v22.12.0'), 'latin1');
    expect(run(folder).isCompiled).toBe(false);
    expect(run(folder).isCompiled).toBe(true);
  });

  it('that V8 refuses is made anew, after any number of runs', () => {
    const { folder } = kept();
    for (let each = 0; each < 5; each++) run(folder);
    const code = `${source} `;
    expect([run(folder, { code }).isCompiled, run(folder, { code }).isCompiled]).toEqual([false, true]);
  });

  it('that is damaged anywhere is made anew', () => {
    const { path } = kept();
    const whole = readFileSync(path);
    const flipped = (at: number) =>
      Buffer.concat([whole.subarray(0, at), Buffer.from([~(whole[at] ?? 0)]), whole.subarray(at + 1)]);
    const flips = Array.from({ length: 40 }, (_, index) => flipped(Math.floor((index * whole.length) / 40)));
    const half = whole.subarray(0, whole.length / 2);
    const damaged = {
      empty: Buffer.alloc(0),
      zeros: Buffer.alloc(whole.length),
      'cut off': whole.subarray(0, -100),
      'half of it': half,
      longer: Buffer.concat([half, Buffer.from('x'), half, Buffer.from('x')]),
      ...Object.fromEntries(flips.map((bytes, index) => [`flip ${index}`, bytes])),
    };
    for (const [name, bytes] of Object.entries(damaged)) {
      const folder = folderOf({ 'check.code': bytes });
      expect(run(folder).isCompiled, name).toBe(false);
      expect(run(folder).isCompiled, name).toBe(true);
    }
  });

  it('is not kept where there is no folder for it, or none that takes it', () => {
    expect(run(undefined)).toEqual({ isCompiled: false, state: expect.stringMatching(/^compiled code is not kept/) });
    const folder = folderOf({ 'check.code/x': '' });
    expect(run(folder).isCompiled).toBe(false);
    expect(readdirSync(folder)).toEqual(['check.code']);
  });
});
