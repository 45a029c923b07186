import type { Azure } from './azure.ts';

/** What a command has read of a cloud, so that many specs which share a thing ask for it once. */
export class Memory {
  readonly #known = new Map<string, Promise<unknown>>();

  /**
   * What is known under a key, else what `ask` gives. A key begins with the id of what it is about; its case does not count. What is not
   * there yet, and what failed, is asked for again.
   */
  recall<Result>(key: string, ask: () => Promise<Result>): Promise<Result> {
    const name = key.toLowerCase();
    const known = this.#known.get(name) as Promise<Result> | undefined;
    if (known) return known;
    const asked = ask();
    const forget = () => {
      if (this.#known.get(name) === asked) this.#known.delete(name);
    };
    this.#known.set(name, asked);
    asked.then((result) => {
      if (isNothing(result)) forget();
    }, forget);
    return asked;
  }

  /** Forgets what was read of a thing, and of what is in it: it was changed, or may have been by others. */
  forget(id: string) {
    const start = id.toLowerCase();
    for (const key of this.#known.keys()) if (key.startsWith(start)) this.#known.delete(key);
  }
}

function isNothing(result: unknown): boolean {
  return result === undefined || (Array.isArray(result) && result.length === 0);
}

/** The same cloud for one command: what was read of it is kept until it is forgotten. */
export function remembering(azure: Azure): Azure {
  return { ...azure, memory: new Memory() };
}

/** Reads something, or remembers it where the command does. */
export function recalled<Result>({ memory }: Azure, key: string, ask: () => Promise<Result>): Promise<Result> {
  return memory ? memory.recall(key, ask) : ask();
}
