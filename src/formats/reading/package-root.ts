import { cutValue } from '../../diagnostics/show.ts';
import type { FileTree } from '../../document/file-tree.ts';
import { DocumentFiles } from './document-files.ts';
import type { OpenedDocument } from './opened-document.ts';
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

const manifests: Partial<Readonly<Record<OpenedDocument['format'], string>>> = {
  solution: 'solution.xml',
  'flow-package': 'manifest.json',
};

/** A zip of one zip alone is what a download or a second packing leaves. A zip with more in it is a package of another kind, or a release. */
export function withOuterProblem(outer: FileTree, document: OpenedDocument): OpenedDocument {
  const manifest = manifests[document.format];
  const [only, ...others] = outer.paths;
  if (manifest === undefined || only === undefined || others.length > 0 || document.root !== '') return document;
  const reading = new DocumentFiles(document.files);
  reading.report(packageRoot, {
    path: manifest,
    ...(manifest.endsWith('.xml') && { at: { lineNumber: 1, columnNumber: 1 } }),
    message: `the package is a zip in a zip, and the import looks for ${manifest} at the root of the outer one`,
    help: `unpack ${outer.name}, and import ${only}`,
  });
  return { ...document, problems: [...document.problems, ...reading.problems] };
}
