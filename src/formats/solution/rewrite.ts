import type { FileTree } from '../../document/file-tree.ts';
import { DocumentFiles } from '../reading/document-files.ts';
import { partsOf } from '../writing/carried-over.ts';
import { lacking, markedText, type Rewritten, withTheRest } from '../writing/rewritten.ts';
import { besideModel } from './beside-model.ts';
import { customizationFiles, firstXml } from './customizations.ts';
import type { Solution } from './model.ts';
import { readModel } from './read-model.ts';
import { writeFiles } from './write-files.ts';

/**
 * A solution written anew from its model, after `change`; what the model does not tell of stays. Throws a UsageError where it lacks one of the
 * two files that every solution has.
 */
export function rewrite(tree: FileTree, root: string, change: (model: Solution) => Solution = (model) => model): Rewritten {
  const reading = new DocumentFiles(tree);
  const read = readModel(reading, root);
  if (!read) throw lacking(tree, root, 'solution.xml');
  // Without it nobody knows which flows there are, and what they are called.
  if (!firstXml(reading, root, customizationFiles)) throw lacking(tree, root, 'customizations.xml');
  // The folder of an environment variable is named after it but for case: docs/facts/solution.md#environment-variables.
  const paths = new Map(tree.paths.map((path) => [path.toLowerCase(), path.slice(root.length)]));
  const pathOf = (path: string) => paths.get((root + path).toLowerCase()) ?? path;
  const before = (path: string) => markedText(tree, root + pathOf(path))?.text;
  const { solution, layout } = read;
  const written = writeFiles(change(solution), { layout, language: 1033, before }).map(({ path, contents }) => ({
    path: pathOf(path),
    contents: `${markedText(tree, root + pathOf(path))?.mark ?? ''}${contents}`,
  }));
  const modelled = new Set(written.map(({ path }) => path));
  return {
    files: withTheRest(tree, root, written),
    carriedOver: [
      ...written.flatMap(({ path }) => {
        const text = before(path);
        return text === undefined ? [] : partsOf(path, besideModel(path, text));
      }),
      ...tree.paths
        .filter((path) => path.startsWith(root))
        .map((path) => path.slice(root.length))
        .filter((path) => !modelled.has(path)),
    ],
  };
}
