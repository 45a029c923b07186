import { UsageError } from '../../diagnostics/errors.ts';
import { type FileTree, textOf } from '../../document/file-tree.ts';
import type { GeneratedFile } from '../format.ts';

/** A package written anew. */
export interface Rewritten {
  readonly files: readonly GeneratedFile[];
  /** What certflow has no model of and took over as it was: files, and parts of files (`solution.xml: SolutionManifest/MissingDependencies`). */
  readonly carriedOver: readonly string[];
}

/** The files that the model tells of, and all others of the package as they are, in the order in which they lie there. */
export function withTheRest(tree: FileTree, root: string, written: readonly GeneratedFile[]): GeneratedFile[] {
  const found = new Map(written.map((file) => [file.path, file]));
  const files = tree.paths
    .filter((path) => path.startsWith(root))
    .map((path): GeneratedFile => {
      const inside = path.slice(root.length);
      const file = found.get(inside);
      found.delete(inside);
      return file ?? { path: inside, contents: bytesOf(tree, path) };
    });
  return [...files, ...found.values()];
}

/** The error about a package without a file that every one has. */
export function lacking(tree: FileTree, root: string, file: string): UsageError {
  return new UsageError(`${tree.displayName(root + file)} is missing, so the package cannot be written anew. Export it again.`);
}

function bytesOf(tree: FileTree, path: string): Uint8Array {
  const bytes = tree.bytes(path);
  if (bytes) return bytes;
  throw new UsageError(`${tree.displayName(path)} was not unpacked; open the package with { contents: 'all' }`);
}

/** The text of a file with its byte order mark, where it has one. */
export function markedText(tree: FileTree, path: string): { text: string; mark: string } | undefined {
  const text = textOf(tree, path);
  if (text === undefined) return undefined;
  const [first, second, third] = tree.bytes(path) ?? [];
  return { text, mark: first === 0xef && second === 0xbb && third === 0xbf ? '\ufeff' : '' };
}
