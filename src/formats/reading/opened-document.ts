import type { Surroundings } from '../../definition/surroundings.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { FileTree } from '../../document/file-tree.ts';

/** The shapes that are read. */
export type ReadFormat = 'definition' | 'arm' | 'standard-project' | 'flow' | 'flow-package' | 'solution' | 'terraform';

/** A file, project or package with workflows in it, read. */
export interface OpenedDocument {
  readonly format: ReadFormat;
  /** The file, folder or zip as the user named it; of a project inside a folder, its own folder. */
  readonly name: string;
  /** May be none: a solution need not have a flow. */
  readonly definitions: readonly OpenedDefinition[];
  /** Files of it that should hold a workflow, or tell of one, and cannot be read. */
  readonly problems: readonly Diagnostic[];
  /** All its files, for rules about packages. */
  readonly files: FileTree;
  /** Where in `files` it begins: empty, or a path that ends in `/`. */
  readonly root: string;
  /** What the definitions were made from, where they stand in no JSON of the user's: findings are told there, and nothing is mended. */
  readonly source?: Source;
}

/** Files in another language that become the template whose text the definitions have. */
export interface Source {
  readonly language: 'bicep' | 'terraform';
  /** As findings name them, with their texts. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

/** One workflow definition, with all that is known about it. */
export interface OpenedDefinition extends Surroundings {
  /** The workflow's or flow's name, where it is known. */
  readonly name?: string;
  /** The file as findings name it; inside a zip `package.zip!Workflows/x.json`. */
  readonly file: string;
  /** The file's text. */
  readonly text: string;
  /** Where in the file the definition stands; empty when it is the whole file. */
  readonly pointer: string;
  /** Parsed. Of an ARM template, as ARM would hand it on: unescaped, and with the constants filled in. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Where parts of the surroundings stand, by the name of the part: in the same file, or in one that the workflows of an app share. */
  readonly places?: Readonly<Record<string, { readonly pointer: string; readonly file?: string; readonly text?: string }>>;
  /** Pointers within the definition of strings that differ from the file's, because ARM fills them in. */
  readonly filledIn?: ReadonlySet<string>;
}
