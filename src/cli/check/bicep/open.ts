import { basename } from 'node:path';
import { UsageError } from '../../../diagnostics/errors.ts';
import { readNamed } from '../../../disk/read.ts';
import { decodeText } from '../../../document/decode.ts';
import type { OpenedDocument } from '../../../formats/reading/opened-document.ts';
import { open } from '../../../library/open-bytes.ts';
import { confirm } from '../../confirm.ts';
import { buildBicep } from './build.ts';

export const isBicep = (path: string) => /\.bicep$/i.test(path);

/**
 * Builds a Bicep file that was named, and reads the template: after a yes, or with `isAsked`. Rejects with a UsageError where nobody
 * says yes, where it cannot be built, or holds no workflow.
 */
export async function openBicep(path: string, { isAsked }: { readonly isAsked: boolean }): Promise<OpenedDocument> {
  const text = decodeText(readNamed(path));
  const how = `"az bicep build --file ${basename(path)}"`;
  const question = `${path} is Bicep, which certflow reads as the template that it becomes. Build it with the Bicep CLI? (By hand: ${how}, then check the .json.)`;
  if (!isAsked && !(await confirm(question, '--bicep')))
    throw new UsageError(`${path} was not built. By hand: ${how}, then check the .json`);
  const document = await open(new TextEncoder().encode(await buildBicep(path)), { name: path });
  return { ...document, source: { language: 'bicep', files: [{ file: path, text }] } };
}
