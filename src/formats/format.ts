import type { Host } from '../definition/definition.ts';
import type { Surroundings } from '../definition/surroundings.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { InfrastructureInput } from '../infrastructure/input.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import type { Dialect } from '../workflow/dialect.ts';

export interface GeneratedFile {
  /** Relative, with `/` between folders on every platform. */
  readonly path: string;
  /** Text ends in a line feed. */
  readonly contents: string | Uint8Array;
  /**
   * What becomes of a file there that others write into as well; without it, certflow's replaces certflow's and no other. `keep`: it
   * stays as it is. A number: both are JSON objects whose members are put together on so many levels.
   */
  readonly ifThere?: 'keep' | { readonly mergeLevels: 1 | 2; readonly wins: 'ours' | 'theirs' };
}

/** What a format makes files of. */
export interface WriteInput extends InfrastructureInput {
  /** Whether a package brings the values of the environment along, where it can do without them. */
  readonly withValues: boolean;
  /** The workflow as a picture in Mermaid, for pages in Markdown. */
  readonly picture: () => string;
}

/** A way to pack a definition. */
export interface Format {
  readonly name: string;
  readonly host: Host;
  /** One sentence without final full stop, for the help. */
  readonly summary: string;
  /** The folder that specs share instead of each having one of its own name. */
  readonly folder?: (environment: Environment) => string | undefined;
  /** Loads what writes it. */
  readonly load: () => Promise<Writer>;
}

/** What the module `write.ts` of a format exports. */
export interface Writer {
  /** How the definition is written for an environment. */
  readonly dialect: (spec: Spec, environment: Environment) => Dialect;
  /** Throws a SpecError where the spec lacks what the format needs. */
  readonly write: (input: WriteInput) => GeneratedFile[];
  /** For debugging on a developer's machine; absent where a format is only for what runs elsewhere. */
  readonly writeLocally?: (input: WriteInput) => GeneratedFile[];
  /** What is worth telling of the files, though it does not stand in their way. */
  readonly notes?: (input: WriteInput) => Diagnostic[];
  /** Of a format that is imported as one zip: that zip, under the name that `write` gives it. */
  readonly pack?: (input: WriteInput, options: PackOptions) => Package;
  /** Whether the values of an environment stand in its package, which nobody fills in any more. */
  readonly bringsValues?: true;
  /** What the format says around the definition, for the checker. */
  readonly surroundings?: (input: WriteInput) => Surroundings;
}

export interface Package extends GeneratedFile {
  readonly contents: Uint8Array;
}

export interface PackOptions {
  /** For a solution: whether it is locked against changes where it is imported. */
  readonly managed: boolean;
}
