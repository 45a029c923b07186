import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { FileTree } from '../../document/file-tree.ts';
import type { DocumentFiles } from './document-files.ts';
import type { OpenedDefinition, OpenedDocument, ReadFormat } from './opened-document.ts';

/** A file, parsed. */
export interface JsonFile {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
}

/** A format that is one JSON file. */
export interface FileReader {
  readonly format: ReadFormat;
  readonly recognise: (value: unknown) => boolean;
  /** Called with what `recognise` took. Gives none where it holds none. */
  readonly read: (file: JsonFile) => OpenedDefinition[];
  /** Tells of what is wrong around the workflows that were read. */
  readonly check?: (reading: DocumentFiles, path: string, value: unknown) => void;
}

type ReadDocument = Pick<OpenedDocument, 'definitions' | 'problems' | 'source'>;

/** A format that is a folder of files, or a zip of them. */
export interface ProjectReader {
  readonly format: ReadFormat;
  /**
   * Where the project begins that a file belongs to: empty, or a path that ends in `/`. Undefined for a file that is not one of
   * those that make the project. `has` tells whether another file is there.
   */
  readonly rootOf: (path: string, has: (path: string) => boolean) => string | undefined;
  /** What files beside it say of it wrongly: those in some folders of the tree that it was found in, each empty or with `/` at its end. */
  readonly beside?: (document: OpenedDocument, tree: FileTree, folders: readonly string[]) => Promise<Diagnostic[]>;
  /** Reads the workflows in `paths`, which are files that `rootOf` took. */
  readonly read: (tree: FileTree, root: string, paths: readonly string[]) => ReadDocument | Promise<ReadDocument>;
}

/** Leaves out what is undefined. */
export function known<T extends object>(values: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
