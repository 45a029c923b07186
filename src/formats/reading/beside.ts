import type { FileTree } from '../../document/file-tree.ts';
import type { OpenedDocument } from './opened-document.ts';
import { projectReaders } from './readers.ts';

/** The folder of a path: empty, or with `/` at its end. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** A document with what files beside it say of it; once, though a solution often lies there twice, managed and not. */
export async function withBeside(
  document: OpenedDocument,
  tree: FileTree,
  folders: readonly string[],
  told: Set<string>,
): Promise<OpenedDocument> {
  const reader = projectReaders.find(({ format }) => format === document.format);
  const found = (await reader?.beside?.(document, tree, folders)) ?? [];
  const news = found.filter(({ file, message }) => {
    const key = JSON.stringify([file, message]);
    return told.size !== told.add(key).size;
  });
  return news.length > 0 ? { ...document, problems: [...document.problems, ...news] } : document;
}
