import { join } from 'node:path';
import { UsageError } from '../../diagnostics/errors.ts';
import { findFiles } from '../../disk/find-files.ts';
import { kindOf } from '../../disk/kind.ts';
import { readFound } from '../../disk/read.ts';
import { decodeText } from '../../document/decode.ts';
import type { OpenedDocument } from '../../formats/reading/opened-document.ts';
import { openAll } from '../../library/open.ts';
import type { Output } from '../output.ts';
import { isBicep, openBicep } from './bicep/open.ts';

/**
 * All that is under a path: what `openAll` gives, and what Bicep files become: one that is named, after a question or with `bicep`;
 * those in a folder with `bicep` only. Rejects with what `openAll` and `openBicep` throw.
 */
export async function* documentsOf(path: string, bicep: boolean, output: Output): AsyncGenerator<OpenedDocument> {
  const isFolder = kindOf(path) === 'folder';
  const files = isFolder ? (bicep ? workflowsInBicep(path) : []) : isBicep(path) ? [path] : [];
  for (const file of files) yield await openBicep(file, { isAsked: bicep });
  if (!isFolder && files.length > 0) return;
  const onPassedOver = (name: string, reason: string) => output.note([`passed over ${name}: ${reason}`]);
  try {
    yield* openAll([path], { onPassedOver });
  } catch (error) {
    // A folder with Bicep alone holds workflows all the same.
    if (files.length === 0 || !(error instanceof UsageError)) throw error;
  }
}

/** The Bicep files of a folder that make Logic Apps. */
function workflowsInBicep(folder: string): string[] {
  const found = findFiles(folder, () => undefined).filter(isBicep);
  return found
    .filter((path) => /Microsoft\.Logic\/workflows/i.test(decodeText(readFound(folder, path) ?? new Uint8Array())))
    .map((path) => join(folder, path));
}
