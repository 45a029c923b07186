import { type Profiler, Session } from 'node:inspector/promises';

type Coverage = Profiler.TakePreciseCoverageReturnType;

/**
 * How much work something does, which is the same on a busy machine as on an idle one: how often each block of code runs, and how
 * many characters are given or gone through by the string functions, whose loops are not seen as blocks.
 */
export async function workOf(run: () => unknown): Promise<number> {
  counting ??= startCounting();
  const take = await counting;
  // What was counted before is taken away.
  await take();
  const strings = new StringWork();
  try {
    await run();
  } finally {
    strings.stop();
  }
  const { result } = await take();
  const blocks = result
    .filter(({ url }) => !url.startsWith('node:') && !url.includes('vitest'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
  return blocks + strings.characters;
}

let counting: Promise<() => Promise<Coverage>> | undefined;

/** Counts for the rest of the process, as code that ran before keeps no counters. */
async function startCounting(): Promise<() => Promise<Coverage>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return () => session.post('Profiler.takePreciseCoverage');
}

type Replaced = 'slice' | 'replaceAll' | 'split' | 'matchAll';

/** Counts the characters that string functions go through, until it is stopped. */
class StringWork {
  characters = 0;
  readonly #own = new Map<Replaced, PropertyDescriptor>();

  constructor() {
    const count = (characters: number) => {
      this.characters += characters;
    };
    for (const name of ['slice', 'replaceAll', 'split', 'matchAll'] as const) {
      const own = Object.getOwnPropertyDescriptor(String.prototype, name) as PropertyDescriptor;
      this.#own.set(name, own);
      const call = own.value as (...args: unknown[]) => unknown;
      Object.defineProperty(String.prototype, name, {
        ...own,
        value: function (this: string, ...args: unknown[]) {
          const given = Reflect.apply(call, this, args);
          count(typeof given === 'string' ? given.length : String(this).length);
          return given;
        },
      });
    }
  }

  stop() {
    for (const [name, own] of this.#own) Object.defineProperty(String.prototype, name, own);
  }
}
