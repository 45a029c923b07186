import { adoptDocument, type LeftOnes } from '../adopt/document.ts';
import type { AdoptPlan, Aim, FileEdit } from '../adopt/plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { decodeText, encodeLike } from '../document/decode.ts';
import { applyFixes } from '../document/edit-json.ts';
import { EditedTree } from '../document/edited-tree.ts';
import { openFile, openTree } from '../formats/reading/open-tree.ts';
import type { OpenedDefinition, OpenedDocument } from '../formats/reading/opened-document.ts';
import { checkDocument } from './check-document.ts';

/** A file of a document before and after its sign-ins were adopted. */
export interface AdoptedFile {
  /** Where it lies among the document's files. */
  readonly path: string;
  /** As findings name it. */
  readonly file: string;
  /** Empty for a file that is new. */
  readonly before: string;
  readonly after: string;
}

/** What adopting a document comes to. */
export interface Adoption {
  readonly plan: AdoptPlan;
  /** The files that change; everything in them that the plan does not name is byte for byte the same. */
  readonly files: readonly AdoptedFile[];
  /** The document as it then is. */
  readonly document: OpenedDocument;
}

/**
 * Gives a document's workflows a sign-in by certificate, read from a key vault and hidden, or as their managed identity, in the place of
 * sign-ins that have ended, rest on secrets, or show them. In memory: nothing is written. What is not certain is left whole, with its reason in the plan; so is
 * a workflow about which `check` would say something that it did not say before. The same document and options give the same result.
 */
export async function adopt(document: OpenedDocument, options: Aim): Promise<Adoption> {
  const before = checkDocument(document);
  const left = new Map<string, string>();
  for (;;) {
    const { plan, edits } = adoptDocument(document, options, left);
    const files = editedFiles(document, edits);
    const after = files.length === 0 ? document : await reopened(document, files);
    const worse = newFindings(before, checkDocument(after));
    const [first] = worse;
    if (!first) return { plan, files, document: after };
    const blamed = document.definitions.find((opened) => isAbout(first, opened) && !left.has(keyOf(opened)));
    for (const opened of blamed ? [blamed] : document.definitions)
      left.set(keyOf(opened), `certflow check would then say: ${first.message}`);
  }
}

const keyOf = ({ file, pointer }: OpenedDefinition): LeftKey => file + pointer;
type LeftKey = LeftOnes extends ReadonlyMap<infer Key, string> ? Key : never;

function isAbout({ file, pointer }: Diagnostic, opened: OpenedDefinition): boolean {
  return file === opened.file && pointer.startsWith(opened.pointer);
}

/** What is found now and was not before: more of a rule in an operation than there was. */
function newFindings(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, number>();
  for (const one of before) known.set(signOf(one), (known.get(signOf(one)) ?? 0) + 1);
  // Advice on how it could be done better yet stands in the way of nothing.
  return after.filter((one) => {
    if (one.severity === 'info') return false;
    const left = known.get(signOf(one)) ?? 0;
    known.set(signOf(one), left - 1);
    return left <= 0;
  });
}

/** Advice of one rule about one action is the same, whatever else the action holds now. */
function signOf({ rule, file, pointer, about }: Diagnostic): string {
  return JSON.stringify([rule, file, about?.action ?? about?.trigger ?? pointer]);
}

/** The texts with all edits made. Throws where one cannot be made: the plan is wrong then, and nothing may be written. */
function editedFiles(document: OpenedDocument, edits: readonly FileEdit[]): AdoptedFile[] {
  const byFile = new Map<string, FileEdit[]>();
  for (const one of edits) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
  return [...byFile].map(([file, changes]) => {
    const [first] = changes;
    const path = first?.path ?? pathOf(document, file);
    const bytes = document.files.bytes(path);
    if (!bytes && !first?.isNew) throw new Error(`${file} is no file of the document`);
    const before = bytes ? decodeText(bytes) : '';
    const fixes = changes.map(({ edit }) => ({ description: '', edits: [edit] }));
    const { text: after, applied } = applyFixes(bytes ? before : emptyFile, fixes);
    const [missing] = fixes.filter((fix) => !applied.includes(fix)).flatMap((fix) => fix.edits);
    if (missing) throw new Error(`a change of ${file} cannot be made: ${missing.kind} ${missing.pointer}`);
    return { path, file, before, after };
  });
}

/** A new file, into which members go line by line. */
const emptyFile = '{\n}\n';

function pathOf({ files }: OpenedDocument, file: string): string {
  const path = files.paths.find((each) => files.displayName(each) === file);
  if (path === undefined) throw new Error(`${file} is no file of the document`);
  return path;
}

/** The document again, with other files. */
async function reopened(document: OpenedDocument, files: readonly AdoptedFile[]): Promise<OpenedDocument> {
  const contents = files.map(({ path, after }): [string, Uint8Array] => [
    path,
    encodeLike(document.files.bytes(path) ?? new Uint8Array(), after),
  ]);
  const tree = new EditedTree(document.files, new Map(contents));
  const [first] = document.definitions;
  const single = first && files.find(({ file }) => file === first.file);
  if (single && /^(?:definition|arm|flow)$/.test(document.format)) {
    const opened = openFile(tree, single.path, { isNamed: true });
    if (opened) return { ...opened, name: document.name };
  }
  for await (const opened of openTree(tree))
    if (opened.format === document.format && opened.root === document.root)
      return { ...opened, name: document.name, definitions: opened.definitions.filter((one) => isOf(document, one)) };
  throw new Error(`${document.name} cannot be read after its change`);
}

/** Of a project that was opened by one of its files, that one alone. */
function isOf(document: OpenedDocument, { file, pointer }: OpenedDefinition): boolean {
  return document.definitions.some((one) => one.file === file && one.pointer === pointer);
}
