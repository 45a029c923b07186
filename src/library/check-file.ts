import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { OpenedDocument } from '../formats/reading/opened-document.ts';
import { type CheckFileOptions, checkDocument } from './check-document.ts';
import { openAll } from './open.ts';

/**
 * Checks every workflow of a file, a folder, a package or an opened document, and gives the findings, file by file, in the order
 * of the text. Throws a UsageError for a path that cannot be read or holds no workflow.
 */
export async function checkFile(source: string | OpenedDocument, options: CheckFileOptions = {}): Promise<Diagnostic[]> {
  if (typeof source !== 'string') return checkDocument(source, options);
  const found: Diagnostic[] = [];
  for await (const document of openAll([source])) found.push(...checkDocument(document, options));
  return found;
}
