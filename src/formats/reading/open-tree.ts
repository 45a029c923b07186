import { UnreadableError, UsageError } from '../../diagnostics/errors.ts';
import { type FileTree, textOf } from '../../document/file-tree.ts';
import { isZip, unzip, ZipError, type ZipUse } from '../../document/unzip.ts';
import { folderOf, withBeside } from './beside.ts';
import { DocumentFiles } from './document-files.ts';
import type { OpenedDocument } from './opened-document.ts';
import { withOuterProblem } from './package-root.ts';
import type { ProjectReader } from './reader.ts';
import { fileReaders, projectReaders } from './readers.ts';

export interface OpenTreeOptions {
  /** Hears of zips and files that could not be looked into. What is merely no workflow is passed over in silence. */
  readonly onPassedOver?: (name: string, reason: string) => void;
  /** Which files of zips are unpacked. Default: those that tell of workflows. */
  readonly contents?: 'workflows' | 'all';
  /** Readers beside those that are everywhere. */
  readonly readers?: readonly ProjectReader[];
}

/**
 * Everything in a tree that holds workflows: first its projects and packages, each as a whole, then files that stand alone and
 * zips. Throws nothing for what the files hold.
 */
export async function* openTree(tree: FileTree, options: OpenTreeOptions = {}): AsyncGenerator<OpenedDocument> {
  yield* openFiles(tree, options);
}

/** Everything in the bytes of a zip, and of the zips in it. Throws a ZipError for what is no sound zip, nothing for what is in it. */
export async function* openZip(
  bytes: Uint8Array,
  name: string,
  options: OpenTreeOptions = {},
  { isNamed = true }: { readonly isNamed?: boolean } = {},
): AsyncGenerator<OpenedDocument> {
  const used = { entries: 0, bytes: 0 };
  yield* openFiles(await unpacked(bytes, name, options, used), options, { used, isNamed, isInner: false });
}

/** The zip that a tree is. */
interface Packed {
  /** What it has taken, and the zips in it. */
  readonly used: ZipUse;
  /** Whether the user named it, and it was not found in a folder. */
  readonly isNamed: boolean;
  /** Whether it is a zip in a zip: those in that are left alone. */
  readonly isInner: boolean;
}

async function* openFiles(tree: FileTree, options: OpenTreeOptions, packed?: Packed): AsyncGenerator<OpenedDocument> {
  const { projects, rest } = sort(tree, options.readers);
  const told = new Set<string>();
  // Of files that a project has told of as its own.
  const unreadable = new Set<string | undefined>();
  for (const project of projects) {
    const document = await openProject(tree, project);
    for (const { rule, file } of document.problems) if (rule === 'document-syntax') unreadable.add(file);
    yield packed ? document : await withBeside(document, tree, [project.root, folderOf(project.root.slice(0, -1))], told);
  }
  for (const path of rest) {
    if (unreadable.has(tree.displayName(path))) continue;
    if (packed) yield* openLoose(tree, path, options, packed);
    else
      for await (const document of openLoose(tree, path, options, packed))
        yield await withBeside(document, tree, [folderOf(path)], told);
  }
}

async function* openLoose(
  tree: FileTree,
  path: string,
  options: OpenTreeOptions,
  packed: Packed | undefined,
): AsyncGenerator<OpenedDocument> {
  const [isZipped, isJson] = [/\.zip$/i.test(path), /\.jsonc?$/i.test(path)];
  if ((!isZipped && !isJson) || (isZipped && packed?.isInner)) return;
  try {
    const bytes = isZipped ? tree.bytes(path) : undefined;
    if (bytes && isZip(bytes)) {
      const name = tree.displayName(path);
      if (packed) {
        const inner = openFiles(await unpacked(bytes, name, options, packed.used), options, { ...packed, isInner: true });
        for await (const document of inner) yield withOuterProblem(tree, document, { path, isNamed: packed.isNamed });
      } else yield* openZip(bytes, name, options, { isNamed: false });
    }
    const document = isJson ? openFile(tree, path, { isNamed: false }) : undefined;
    if (document) yield document;
  } catch (error) {
    // One file that cannot be read does not stand in the way of the others.
    if (!(error instanceof ZipError || error instanceof UsageError)) throw error;
    options.onPassedOver?.(tree.displayName(path), error instanceof UnreadableError ? error.reason : error.message);
  }
}

export interface Project {
  readonly reader: ProjectReader;
  readonly root: string;
  readonly paths: string[];
}

/** The project that a file belongs to, with that file alone. */
export function projectOf(
  path: string,
  has: (path: string) => boolean,
  readers: readonly ProjectReader[] = [],
): Project | undefined {
  for (const reader of [...projectReaders, ...readers]) {
    const root = reader.rootOf(path, has);
    if (root !== undefined) return { reader, root, paths: [path] };
  }
  return undefined;
}

/** Reads a project. */
export async function openProject(tree: FileTree, { reader, root, paths }: Project): Promise<OpenedDocument> {
  const name = root === '' ? tree.name : tree.displayName(root.slice(0, -1));
  return { format: reader.format, name, ...(await reader.read(tree, root, paths)), files: tree, root };
}

function sort(tree: FileTree, readers?: readonly ProjectReader[]): { projects: Iterable<Project>; rest: string[] } {
  const projects = new Map<string, Project>();
  const rest: string[] = [];
  const has = (path: string) => tree.has(path);
  for (const path of tree.paths) {
    const project = projectOf(path, has, readers);
    if (!project) rest.push(path);
    else {
      const key = `${project.reader.format} ${project.root}`;
      const before = projects.get(key);
      if (before) before.paths.push(path);
      else projects.set(key, project);
    }
  }
  return { projects: projects.values(), rest };
}

const saysWorkflow = /\/workflowdefinition\.json|Microsoft\.Logic\/workflows/i;

/** A file that stands alone, or undefined where it holds no workflow. One that the user named is looked at in any case. */
export function openFile(tree: FileTree, path: string, { isNamed }: { isNamed: boolean }): OpenedDocument | undefined {
  const text = textOf(tree, path) ?? '';
  // Most JSON files of a folder are no workflows, and looking for two words is much cheaper than parsing.
  if (!isNamed && !/"(triggers|actions)"/.test(text)) return undefined;
  const reading = new DocumentFiles(tree);
  const file = reading.parse(path, text);
  const rest = { name: tree.displayName(path), files: tree, root: '', problems: reading.problems };
  // What cannot be parsed counts where it says that it is a workflow; else it may be a template of any kind.
  if (!file) return isNamed || saysWorkflow.test(text) ? { format: 'definition', definitions: [], ...rest } : undefined;
  const reader = fileReaders.find(({ recognise }) => recognise(file.value));
  const definitions = reader?.read(file) ?? [];
  if (definitions.length > 0) reader?.check?.(reading, path, file.value);
  return reader && definitions.length > 0 ? { format: reader.format, definitions, ...rest } : undefined;
}

/** Entries of a zip that tell of workflows, and zips in it. */
const isOfUse = (path: string) => /\.(jsonc?|xml|zip)$/i.test(path);

function unpacked(bytes: Uint8Array, name: string, { contents }: OpenTreeOptions, used: ZipUse): Promise<FileTree> {
  return unzip(bytes, { name, wanted: contents === 'all' ? () => true : isOfUse, used });
}
