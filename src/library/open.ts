import { basename, relative, resolve, sep } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';
import { DiskTree } from '../disk/disk-tree.ts';
import { isThere, kindOf } from '../disk/kind.ts';
import { readNamed } from '../disk/read.ts';
import { SingleFile } from '../document/file-tree.ts';
import { type OpenTreeOptions, openFile, openProject, openTree, projectOf } from '../formats/reading/open-tree.ts';
import type { OpenedDocument } from '../formats/reading/opened-document.ts';
import type { ProjectReader } from '../formats/reading/reader.ts';
import { noWorkflow, type OpenOptions, onlyDocument, openBytes } from './open-bytes.ts';

/** The parser is loaded where there is a file for it. */
const terraform: ProjectReader = {
  format: 'terraform',
  rootOf: (path) => (/\.tf$/i.test(path) ? path.slice(0, path.lastIndexOf('/') + 1) : undefined),
  read: async (...given) => (await import('../formats/terraform/read.ts')).read(...given),
};
/** Readers for folders alone: no zip and no page has such files. */
const readers = [terraform];

/**
 * Opens a file, a project's folder or a package, zipped or not, or the bytes of a file or zip. A file of a Standard project, a
 * solution or a legacy package is opened with what that says about it. Throws a UsageError for what cannot be read, holds no
 * workflow, or is a folder of several documents (openAll gives them one by one).
 */
export async function open(source: string | Uint8Array, options: OpenOptions = {}): Promise<OpenedDocument> {
  const name = options.name ?? (typeof source === 'string' ? source : 'the document');
  const { contents = 'workflows' } = options;
  return onlyDocument(typeof source === 'string' ? openPath(source, { contents }) : openBytes(source, name, { contents }), name);
}

/**
 * What a file would be opened as if it had this text: one that is being edited, with the project around it as it lies on disk. Undefined
 * for what is no workflow. Throws a UsageError for what says that it is one and cannot be read.
 */
export async function openText(path: string, text: string): Promise<OpenedDocument | undefined> {
  const bytes = new TextEncoder().encode(text);
  return (await openInProject(path, bytes)) ?? openFile(new SingleFile(path, bytes), path, { isNamed: false });
}

/**
 * Opens everything under some paths, one document at a time, so that it holds no more than one in memory. Folders are walked:
 * .gitignore counts, and what is no workflow is passed over. Throws a UsageError for a path that cannot be read or holds no workflow.
 */
export async function* openAll(paths: readonly string[], options: OpenTreeOptions = {}): AsyncGenerator<OpenedDocument> {
  for (const path of paths) {
    let isEmpty = true;
    for await (const document of openPath(path, options)) {
      if (document.definitions.length > 0 || document.problems.length > 0) isEmpty = false;
      yield document;
    }
    if (isEmpty) throw noWorkflow(path);
  }
}

async function* openPath(path: string, options: OpenTreeOptions): AsyncGenerator<OpenedDocument> {
  if (kindOf(path) === 'folder') {
    yield* openTree(new DiskTree(path, path, { onPassedOver: options.onPassedOver }), { ...options, readers });
    return;
  }
  if (/\.bicep$/i.test(path))
    throw new UsageError(
      `${path} is Bicep, which is not read as it stands: build it first ("az bicep build --file ${basename(path)}"), and check the template`,
    );
  const bytes = readNamed(path);
  const document = await openInProject(path, bytes);
  if (document) {
    yield document;
    return;
  }
  yield* openBytes(bytes, path, options);
}

/** A file that is one of a project's workflows, with what the project says about it. */
async function openInProject(path: string, bytes: Uint8Array): Promise<OpenedDocument | undefined> {
  const absolute = resolve(path).split(sep).join('/');
  const project = /\.(?:json|tf)$/i.test(absolute) ? projectOf(absolute, isThere, readers) : undefined;
  if (!project) return undefined;
  const inside = absolute.slice(project.root.length);
  // The folder as the user would name it, so that findings name the file as it was given.
  const folder =
    path.length > inside.length && resolve(path.slice(0, -inside.length)) === resolve(project.root)
      ? path.slice(0, -inside.length)
      : relative('.', project.root);
  const tree = new DiskTree(project.root, folder, { named: { path: inside, bytes } });
  const document = await openProject(tree, { ...project, root: '', paths: [inside] });
  return document.definitions.length > 0 || document.problems.length > 0 ? { ...document, name: path } : undefined;
}
