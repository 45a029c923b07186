import { expect, onTestFailed } from 'vitest';

/** The share of a sweep that is run: 1 is all of it, as in `npm run sweep`. test/full/vitest.config.ts has the one of `npm run test:full`. */
export const size = Number(process.env.CERTFLOW_SWEEP_SIZE ?? 1);
const seed = Number(process.env.CERTFLOW_SWEEP_SEED ?? 1);

/** For fast-check: how often a property is tried that the full sweep tries `all` times, and from where. */
export function runs(all: number): { readonly numRuns: number; readonly seed: number } {
  tellHowToRepeat();
  return { numRuns: Math.ceil(all * size), seed };
}

/** What this run takes of all that the full sweep goes through, in its order; another seed takes others. At least one. */
export function* part<One>(all: Iterable<One>): Generator<One> {
  tellHowToRepeat();
  const random = randomFrom(seed);
  let [count, left]: [number, One | undefined] = [0, undefined];
  for (const one of all) {
    left = one;
    if (random() >= size) continue;
    count++;
    yield one;
  }
  if (count === 0 && left !== undefined) yield left;
}

/** The numbers below `count`, for `part`. */
export function* below(count: number): Generator<number> {
  for (let at = 0; at < count; at++) yield at;
}

/** Numbers from 0 to 1, below 1, for one input of a sweep: the same ones each time for a seed. */
export function randomOf(index: number): () => number {
  return randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
}

let told: string | undefined;

function tellHowToRepeat() {
  const { currentTestName } = expect.getState();
  if (told === currentTestName) return;
  told = currentTestName;
  onTestFailed(({ task }) => {
    process.stderr.write(`${task.name}: again with CERTFLOW_SWEEP_SEED=${seed} CERTFLOW_SWEEP_SIZE=${size}\n`);
  });
}

/** Numbers from 0 to 1, below 1: the same ones for a seed (mulberry32, public domain). */
function randomFrom(start: number): () => number {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
