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
      const time = AbortSignal.timeout(timeLimit);
      const size = new AbortController();
      const end = AbortSignal.any([time, size.signal, ...(outer ? [outer] : [])]);
      let loaded = 0;
      request.abortSignal = end;
      request.onDownloadProgress = ({ loadedBytes }) => {
        loaded = loadedBytes;
        if (loaded > largestAnswer) size.abort();
      };
      try {
        // The pipeline does not notice the end of an answer that it is unpacking.
        return await Promise.race([next(request), rejected(end)]);
      } catch (error) {
        if (outer?.aborted) throw error;
        if (size.signal.aborted)
          throw new BrokenOff(`was given up: the answer is larger than ${largestAnswer / 1_048_576} MiB.`, cure);
        if (!time.aborted) throw error;
        if (loaded > 0) throw new BrokenOff(`was given up: the answer did not end within ${timeLimit / 1000} seconds.`, cure);
        throw new RestError(`no answer within ${timeLimit / 1000} seconds`, { code: 'ETIMEDOUT', request });
      } finally {
        delete request.onDownloadProgress;
        if (outer) request.abortSignal = outer;
        else delete request.abortSignal;
      }
    },
  };
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
