import { AzureError } from '../azure/azure-error.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { placeInSpec, placeOfKey } from './spec-place.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** The error about something that stands in the way of a target, with the place in the spec and what to do. */
export function refuse(target: DeployTarget, key: readonly string[] | undefined, what: string, cure: string): RefusedError {
  return new RefusedError(`${textOf(key && placeOfKey(target, key))}${what}\n${cure}`);
}

/** An error of Azure with the place in the spec that it is about, where there is one. */
export function located(target: DeployTarget, error: unknown): unknown {
  if (!(error instanceof AzureError) || !error.answer) return error;
  const { code, message, details } = error.answer;
  const place = placeInSpec(target, [{ code, message }, ...details]);
  return place ? new RefusedError(`${textOf(place)}${error.message}`, { cause: error }) : error;
}

function textOf(place: Pick<Diagnostic, 'file' | 'range'> | undefined): string {
  return place?.range ? `${place.file}:${place.range.start.line}:${place.range.start.column}: ` : '';
}
