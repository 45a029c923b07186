import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';
import { BrokenOff } from './broken-off.ts';

/** No answer that is read here comes near it: the largest are pages of Logic Apps with their definitions. Bytes, unpacked. */
export const largestAnswer = 64 * 1_048_576;

const cure =
  'Look whether something between this machine and Azure answers in its place, such as a proxy; then run the same command again.';

/** Ends an answer that is too large, and one that is not there as a whole after `timeLimit` milliseconds. */
export function bounding(timeLimit: number): PipelinePolicy {
  return {
    name: 'certflowBounding',
    async sendRequest(request, next) {
      const outer = request.abortSignal as AbortSignal | undefined;
      const end = new Bound(timeLimit, outer);
      let loaded = 0;
      request.abortSignal = end.signal;
      request.onDownloadProgress = ({ loadedBytes }) => {
        loaded = loadedBytes;
        if (loaded > largestAnswer) end.by('size');
      };
      try {
        // The pipeline does not notice the end of an answer that it is unpacking.
        return await Promise.race([next(request), end.rejected]);
      } catch (error) {
        if (outer?.aborted) throw error;
        if (end.cause === 'size')
          throw new BrokenOff(`was given up: the answer is larger than ${largestAnswer / 1_048_576} MiB.`, cure);
        if (end.cause !== 'time') throw error;
        if (loaded > 0) throw new BrokenOff(`was given up: the answer did not end within ${timeLimit / 1000} seconds.`, cure);
        throw new RestError(`no answer within ${timeLimit / 1000} seconds`, { code: 'ETIMEDOUT', request });
      } finally {
        end.release();
        delete request.onDownloadProgress;
        if (outer) request.abortSignal = outer;
        else delete request.abortSignal;
      }
    },
  };
}

/**
 * What ends a request: its time, its size, or whoever stops the command. Nothing of it outlives the request: a signal of
 * `AbortSignal.timeout` that somebody listens to would keep the answer until its time is over.
 */
class Bound {
  cause: 'time' | 'size' | undefined;
  /** Rejects when the request is ended, and never otherwise. */
  readonly rejected: Promise<never>;
  readonly #end = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  readonly #stop = () => this.#end.abort(this.#outer?.reason);

  constructor(timeLimit: number, outer: AbortSignal | undefined) {
    this.rejected = new Promise((_, reject) => {
      this.#end.signal.addEventListener('abort', () => reject(this.#end.signal.reason), { once: true });
    });
    // Where the request ends first, nobody waits for it.
    this.rejected.catch(() => {});
    this.#timer = setTimeout(() => this.by('time'), timeLimit);
    this.#timer.unref();
    this.#outer = outer;
    if (outer?.aborted) this.#stop();
    else outer?.addEventListener('abort', this.#stop);
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  by(cause: 'time' | 'size') {
    if (this.#end.signal.aborted) return;
    this.cause = cause;
    this.#end.abort();
  }

  release() {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#stop);
  }
}
