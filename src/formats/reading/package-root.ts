import { cutValue } from '../../diagnostics/show.ts';
import type { DocumentFiles } from './document-files.ts';
import { packageRoot } from './package-rules.ts';

/** A zip of the folder instead of its files: all that is in it lies in one folder. A zip of a whole repository is none. */
export function checkRoot(reading: DocumentFiles, root: string, manifest: string) {
  const { tree } = reading;
  if (tree.isPacked !== true || !/^[^/]+\/$/.test(root) || !tree.has(root + manifest)) return;
  if (!tree.paths.every((path) => path.startsWith(root))) return;
  reading.report(packageRoot, {
    path: root + manifest,
    ...(manifest.endsWith('.xml') && { at: { lineNumber: 1, columnNumber: 1 } }),
    message: `${manifest} lies in the folder ${cutValue(root.slice(0, -1))} of the zip, and the import looks for it at the root`,
    help: 'pack what is in the folder, not the folder',
  });
}
