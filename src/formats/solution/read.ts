import type { FileTree } from '../../document/file-tree.ts';
import { read as readFlow } from '../flow/read.ts';
import { DocumentFiles } from '../reading/document-files.ts';
import type { OpenedDefinition } from '../reading/opened-document.ts';
import { known } from '../reading/reader.ts';
import { checkComponents } from './components.ts';
import { readCustomizations, readName } from './customizations.ts';
import { readEnvironmentVariables } from './environment-variables.ts';
import { checkManifest } from './manifest.ts';

/** Reads the cloud flows of a solution, each with what the solution declares. */
export function read(tree: FileTree, root: string, paths: readonly string[]) {
  const reading = new DocumentFiles(tree);
  const { references, names } = readCustomizations(reading, root);
  const environmentVariables = readEnvironmentVariables(reading, root);
  const definitions = paths
    .filter((path) => path.startsWith(`${root}Workflows/`))
    .flatMap((path) => {
      const file = reading.json(path);
      // Desktop flows stand in the same folder, and are none of ours.
      return (file ? readFlow(file) : []).map((flow) =>
        known<OpenedDefinition>({
          ...flow,
          name: names.get(path.slice(root.length).toLowerCase()) ?? readName(reading, path) ?? flow.name,
          solutionReferences: references,
          environmentVariables,
        }),
      );
    });
  checkComponents(reading, root);
  checkManifest(reading, root);
  return { definitions, problems: reading.problems };
}
