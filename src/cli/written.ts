import { join } from 'node:path';
import { type Line, line, painted } from '../diagnostics/line.ts';
import type { FileResult, FileStatus } from './write-files.ts';

const order: readonly FileStatus[] = ['created', 'changed', 'unchanged'];
const styles = { created: 'ok', changed: 'warning', unchanged: 'faint' } as const;

/**
 * What was written, a line a folder: how many files came about, and by name those that changed, or came beside others. `folders` are those of
 * the formats, below `root`; `isVerbose`: every file.
 */
export function writtenLines(
  results: readonly FileResult[],
  { root, folders, isVerbose }: { readonly root: string; readonly folders: readonly string[]; readonly isVerbose: boolean },
): Line[] {
  if (isVerbose) return results.map((file) => fileLine(file, root, ''));
  const names = [...new Set(folders)];
  const width = Math.max(...names.map((folder) => join(root, folder).length));
  return names.flatMap((folder) => {
    const files = results.filter(({ path }) => path.startsWith(`${folder}/`));
    const counts = order.map((status) => ({ status, count: files.filter((file) => file.status === status).length }));
    const told = counts.filter(({ count }) => count > 0);
    const parts = told.flatMap(({ status, count }, index) => [
      index === 0 ? `  ${files.length} ${files.length === 1 ? 'file' : 'files'}: ` : ', ',
      painted(styles[status], count === files.length ? status : `${count} ${status}`),
    ]);
    const isMixed = told.length > 1;
    return [
      [...line`${join(root, folder).padEnd(width)}`, ...parts],
      ...files
        .filter(({ status }) => status === 'changed' || (isMixed && status === 'created'))
        .map((file) => fileLine(file, root, '  ')),
    ];
  });
}

function fileLine({ path, status }: FileResult, root: string, indent: string): Line {
  return [indent, painted(styles[status], status.padEnd(9)), ...line`  ${join(root, path)}`];
}
