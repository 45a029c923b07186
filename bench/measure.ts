import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The built command line. */
export const bin = join(root, 'dist', 'bin.cjs');

setFlagsFromString('--expose-gc');
/** Takes away what nothing refers to any more: what is measured next does not pay for it, and the heap is what is kept. */
export const collectGarbage: () => void = runInNewContext('gc');

/** One thing to measure; gives the milliseconds of one run. */
export interface Case {
  readonly name: string;
  readonly run: () => number;
}

/** Runs all cases in turn, round after round, so that whatever the machine does besides falls on all of them; gives the medians in ms. */
export function sideBySide(cases: readonly Case[], rounds: number): Map<string, number> {
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (const { run } of cases) run();
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of cases) times.get(name)?.push(run());
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A process (this Node by default), with its start and end. */
export function processCase(name: string, args: readonly string[], cwd: string, command = process.execPath): Case {
  const run = () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const time = performance.now() - start;
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return time;
  };
  return { name, run };
}

export function line(name: string, value: string, ratio?: number, aim?: string) {
  const ratioText = ratio === undefined ? '' : `  ${ratio.toFixed(2)} times`;
  console.log(`${name.padEnd(44)}${value.padStart(12)}${ratioText}${aim === undefined ? '' : `  (aim: ${aim})`}`);
}

/** Does something in a new folder, which is gone afterwards. */
export function inFolder<Result>(act: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let result: Result | undefined;
  try {
    result = act(folder);
    return result;
  } finally {
    if (result instanceof Promise) void result.finally(remove);
    else remove();
  }
}
