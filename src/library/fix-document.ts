import { type Diagnostic, fixesOf } from '../diagnostics/diagnostic.ts';
import { applyFixes } from '../document/edit-json.ts';
import { SingleFile } from '../document/file-tree.ts';
import { parseJson } from '../document/parse-json.ts';
import { openFile } from '../formats/reading/open-tree.ts';
import type { OpenedDefinition, OpenedDocument } from '../formats/reading/opened-document.ts';
import { fromPointer } from '../json/pointer.ts';
import { type CheckFileOptions, examineDocument } from './check-document.ts';

/** A file of a document before and after its fixes. */
export interface FixedFile {
  /** As findings name it. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly fixed: Diagnostic[];
}

/** One fix can make room for the next; these rounds are more than any document needs, and no fix can go on forever. */
const mostRounds = 10;

/**
 * Applies the fixes of the findings that count, in memory, until none is left. Gives the document as it then is, and the files that
 * change. `isFixable` says whether a file, by the name that findings give it, may change at all; default: every file.
 */
export function fixDocument(
  document: OpenedDocument,
  options: CheckFileOptions = {},
  isFixable: (file: string) => boolean = () => true,
): { document: OpenedDocument; files: FixedFile[] } {
  const files = new Map<string, FixedFile>();
  // The text is of a template that stands nowhere.
  if (document.source) return { document, files: [] };
  let here = document;
  for (let round = 0; round < mostRounds; round++) {
    const { diagnostics } = examineDocument(here, options);
    const texts = new Map(here.definitions.map(({ file, text }) => [file, text]));
    const changed = new Map<string, string>();
    for (const [file, text] of texts) {
      const mended = diagnostics.filter((diagnostic) => diagnostic.file === file && fixesOf(diagnostic).length > 0);
      if (mended.length === 0 || !isFixable(file)) continue;
      const { text: after, applied } = applyFixes(text, mended.flatMap(fixesOf));
      if (applied.length === 0) continue;
      changed.set(file, after);
      const known = files.get(file) ?? { file, before: text, fixed: [] };
      const done = new Set(applied);
      const fixed = mended.filter((diagnostic) => fixesOf(diagnostic).some((fix) => done.has(fix)));
      files.set(file, { ...known, after, fixed: [...known.fixed, ...fixed] });
    }
    if (changed.size === 0) break;
    here = { ...here, definitions: reread(here, changed) };
  }
  return { document: here, files: [...files.values()] };
}

/** The definitions of a document some of whose files have other texts now. */
function reread({ format, definitions }: OpenedDocument, texts: ReadonlyMap<string, string>): OpenedDefinition[] {
  if (format === 'arm')
    return [...texts].flatMap(([file, text]) => {
      const tree = new SingleFile(file, new TextEncoder().encode(text));
      return openFile(tree, file, { isNamed: true })?.definitions ?? [];
    });
  return definitions.map((definition) => {
    const text = texts.get(definition.file);
    return text === undefined ? definition : { ...definition, text, definition: valueAt(text, definition.pointer) };
  });
}

function valueAt(text: string, pointer: string): Record<string, unknown> {
  const parsed = parseJson(text);
  let here: unknown = 'value' in parsed ? parsed.value : undefined;
  for (const step of fromPointer(pointer)) here = (here as Record<string, unknown>)[step];
  return here as Record<string, unknown>;
}
