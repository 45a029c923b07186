import { cutValue } from '../../diagnostics/show.ts';
import type { FileTree } from '../../document/file-tree.ts';
import { DocumentFiles } from './document-files.ts';
import type { OpenedDocument } from './opened-document.ts';
import { packageRoot } from './package-rules.ts';

/**
 * A zip of the folder instead of its files: all that is in it lies in one folder, or in one in another. A zip of a repository is none:
 * it has more in it than the package, or the name that GitHub gives to its folder.
 */
export function checkRoot(reading: DocumentFiles, root: string, manifest: string) {
  const { tree } = reading;
  if (tree.isPacked !== true || root === '' || !tree.has(root + manifest)) return;
  if (isRepositoryFolder(root) || !packedPaths(tree).every((path) => path.startsWith(root))) return;
  reading.report(packageRoot, {
    path: root + manifest,
    ...(manifest.endsWith('.xml') && { at: { lineNumber: 1, columnNumber: 1 } }),
    message: `${manifest} lies in the folder ${cutValue(root.slice(0, -1))} of the zip, and the import looks for it at the root`,
    help: 'pack what is in the folder, not the folder',
  });
}

/** What was packed by intent: Finder and Explorer put files of their own beside it. */
function packedPaths({ paths }: FileTree): readonly string[] {
  return paths.filter((path) => !/^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(path));
}

/** A folder in one that is named after a repository and its branch or commit: a download of the repository. */
function isRepositoryFolder(root: string): boolean {
  return /^[^/]+-(?:main|master|dev|develop|[\da-f]{40})\/./i.test(root);
}

const manifests: Partial<Readonly<Record<OpenedDocument['format'], string>>> = {
  solution: 'solution.xml',
  'flow-package': 'manifest.json',
};

/**
 * A zip of zips alone: of one, it is what a download or a second packing leaves; of several, it is told where the user `named` it to be
 * imported, and is a release among other files. A zip with more in it is a package of another kind.
 */
export function withOuterProblem(
  outer: FileTree,
  document: OpenedDocument,
  { path: inner, isNamed }: { readonly path: string; readonly isNamed: boolean },
): OpenedDocument {
  const manifest = manifests[document.format];
  const paths = packedPaths(outer);
  if (manifest === undefined || document.root !== '' || !paths.every((path) => /\.zip$/i.test(path))) return document;
  if (paths.length > 1 && !isNamed) return document;
  const reading = new DocumentFiles(document.files);
  reading.report(packageRoot, {
    path: manifest,
    ...(manifest.endsWith('.xml') && { at: { lineNumber: 1, columnNumber: 1 } }),
    message: `the package is ${paths.length > 1 ? `one of ${paths.length} zips` : 'a zip'} in a zip, and the import looks for ${manifest} at the root of the outer one`,
    help: `unpack ${outer.name}, and import ${inner}${paths.length > 1 ? ' by itself' : ''}`,
  });
  return { ...document, problems: [...document.problems, ...reading.problems] };
}
