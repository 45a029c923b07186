import { isAbsolute } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { isThere } from '../../disk/kind.ts';
import { placeOf } from '../../disk/place.ts';
import { readNamed } from '../../disk/read.ts';
import { replaceFile } from '../../disk/write.ts';
import { decodeText, encodeLike } from '../../document/decode.ts';
import type { OpenedDocument } from '../../formats/reading/opened-document.ts';
import type { CheckFileOptions } from '../../library/check-document.ts';
import { type FixedFile, fixDocument } from '../../library/fix-document.ts';
import type { Output } from '../output.ts';
import { secretsIn } from './secrets.ts';
import { shownDiff } from './shown-diff.ts';

/** What `--fix` did to a file. */
export interface FixResult {
  readonly file: string;
  readonly fixes: { readonly rule: string; readonly pointer: string; readonly description: string }[];
  /** Unified diff; secrets are hidden, and of long lines only the change is shown. */
  readonly diff: string;
}

/** Mends a document's files on disk, each written whole, or with `isDryRun` only says how. Gives the document as it is afterwards. */
export function fix(
  document: OpenedDocument,
  options: CheckFileOptions,
  { isDryRun, output }: { isDryRun: boolean; output: Output },
): { document: OpenedDocument; results: FixResult[] } {
  const originals = new Map<string, Uint8Array>();
  const refuse = (why: string) => {
    output.note([`not fixed: ${why}`]);
    return false;
  };
  const isFixable = (file: string) => {
    if (originals.has(file)) return true;
    if (!isThere(file)) return refuse(`${file} is inside a package. Unpack it, fix the folder, and pack that again`);
    const problem = problemWriting(file);
    if (problem !== undefined) return refuse(problem);
    const bytes = readNamed(file);
    if (!Buffer.from(encodeLike(bytes, decodeText(bytes))).equals(bytes)) return refuse(`${file} is neither UTF-8 nor UTF-16`);
    originals.set(file, bytes);
    return true;
  };
  const fixed = fixDocument(document, options, isFixable);
  if (!isDryRun)
    for (const { file, after } of fixed.files) replaceFile(file, encodeLike(originals.get(file) ?? new Uint8Array(), after));
  if (fixed.files.length === 0) return { document: fixed.document, results: [] };
  let secrets: readonly [before: readonly Diagnostic[], after: readonly Diagnostic[]] | undefined;
  const bothSecrets = () => {
    secrets ??= [secretsIn(document), secretsIn(fixed.document)];
    return secrets;
  };
  return { document: fixed.document, results: fixed.files.map((one) => toResult(one, bothSecrets)) };
}

function problemWriting(file: string): string | undefined {
  try {
    placeOf(file);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function toResult(
  { file, before, after, fixed }: FixedFile,
  secrets: () => readonly [before: readonly Diagnostic[], after: readonly Diagnostic[]],
): FixResult {
  const name = file.replaceAll('\\', '/');
  const [old, now] = isAbsolute(file) ? [name, name] : [`a/${name}`, `b/${name}`];
  return {
    file,
    fixes: fixed.flatMap((finding) =>
      [finding, ...(finding.further ?? [])].flatMap(({ pointer, fix }) =>
        fix ? [{ rule: finding.rule, pointer, description: fix.description }] : [],
      ),
    ),
    // Made where it is shown only: of many changes it takes longer than all that was before.
    get diff() {
      const [secretsBefore, secretsAfter] = secrets();
      return shownDiff(
        file,
        { name: old, text: before, secrets: secretsBefore },
        { name: now, text: after, secrets: secretsAfter },
      );
    },
  };
}
