import type { FileTree } from '../../document/file-tree.ts';
import { read as readFlow } from '../flow/read.ts';
import { DocumentFiles } from '../reading/document-files.ts';
import { checkRoot } from '../reading/package-root.ts';
import { checkResources } from './resources.ts';

/** Reads the flows of a legacy package. Documentation says one; packages of apps hold several: docs/facts/flow-package.md#files. */
export function read(tree: FileTree, root: string, paths: readonly string[]) {
  const reading = new DocumentFiles(tree);
  const definitions = paths
    .filter((path) => path.endsWith('/definition.json'))
    .flatMap((path) => {
      const file = reading.json(path);
      const flows = file ? readFlow(file) : [];
      if (file && flows.length === 0) reading.unusable(path, 'it is no flow: properties.definition is missing');
      return flows;
    });
  checkResources(reading, root);
  checkRoot(reading, root, 'manifest.json');
  return { definitions, problems: reading.problems };
}
