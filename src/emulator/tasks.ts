import { setTimeout as after } from 'node:timers/promises';

/** Thrown in work that is still under way when the emulator ends. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** Work that goes on after the request that began it was answered. */
export class Tasks {
  readonly #running = new Set<Promise<void>>();
  readonly #end = new AbortController();
  #held: Promise<void> = Promise.resolve();

  add(work: Promise<void>) {
    const running: Promise<void> = work
      .catch((error) => {
        // A mistake of the emulator: it is told, and everything else goes on.
        if (!(error instanceof Ended)) process.emitWarning(error);
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async pause(milliseconds: number) {
    try {
      await after(milliseconds, undefined, { signal: this.#end.signal });
    } catch {
      throw new Ended('the emulator ends');
    }
    await this.#held;
    if (this.#end.signal.aborted) throw new Ended('the emulator ends');
  }

  /** From now on no pause ends before the function that this gives is called, or the emulator ends. */
  hold(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    this.#end.signal.addEventListener('abort', release);
    return release;
  }

  /** Breaks all pauses off, and waits until the work has noticed. */
  async end() {
    this.#end.abort();
    await Promise.allSettled(this.#running);
  }
}
