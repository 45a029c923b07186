import { RefusedError } from '../diagnostics/errors.ts';
import type { Job } from './job.ts';
import { placeOfKey } from './spec-place.ts';

/** The error about something that stands in the way of a job, with the place in the spec and what to do. */
export function refuse(job: Job, key: readonly string[] | undefined, what: string, cure: string): RefusedError {
  const place = key && placeOfKey(job, key);
  const at = place?.range ? `${place.file}:${place.range.start.line}:${place.range.start.column}: ` : '';
  return new RefusedError(`${at}${what}\n${cure}`);
}
