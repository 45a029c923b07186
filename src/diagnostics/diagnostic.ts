import type { Fix } from './fix.ts';

/** `error`: the service refuses the document. `warning`: it takes it, and the result leaks a secret or fails when it runs. `info`: advice. */
export type Severity = 'error' | 'warning' | 'info';

export type Category = 'correctness' | 'security' | 'style';

/** A place in a text. `line` and `column` count from 1, `offset` from 0, all in UTF-16 code units. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stop on the way of a secret. */
export interface PathStep {
  /** What happens to the secret there, such as `"Get_secret" reads it from Key Vault`. Holds no secret. */
  readonly message: string;
  /** The file as the user named it, where there is one: that of the finding, or that of a child workflow. */
  readonly file?: string;
  /** JSON pointer in its document. */
  readonly pointer: string;
  /** Where it stands in the text, when the text is known. */
  readonly range?: Range;
}

/** One of several places of which a finding tells the same. */
export interface Place extends PathStep {
  /** As that of a finding. */
  readonly fix?: Fix;
}

/** What a finding is about, as data, for a front that need not read its words. Holds no secret. */
export interface About {
  /** The action that the place is in, the innermost one. */
  readonly action?: string;
  /** The trigger that the place is in. */
  readonly trigger?: string;
  /** The parameter, output or connection that the place is in, where it is in no operation. */
  readonly parameter?: string;
  readonly output?: string;
  readonly connection?: string;
  /** The name or the word that the finding is about, as it is written. */
  readonly found?: string;
  /** All that may stand in its place; absent where that is not known, or too much to list. */
  readonly allowed?: readonly string[];
  /** The one of them that was probably meant. */
  readonly meant?: string;
  /** Further names that the finding tells: what should run before, where a secret comes by. */
  readonly others?: readonly string[];
}

/** One finding. */
export interface Diagnostic {
  /** Name of the rule, such as `http-secure-inputs`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly category: Category;
  /** What is wrong, in one sentence without a final full stop. Holds no secret. */
  readonly message: string;
  /** The file as the user named it, where there is one. */
  readonly file?: string;
  /** JSON pointer (RFC 6901) to the value in its document; the empty string is the whole document. */
  readonly pointer: string;
  /** Where the value stands in the text, when the text is known. */
  readonly range?: Range;
  /** The value at the pointer is a secret itself: no reporter shows its text. */
  readonly isSecret?: true;
  /** How a secret comes to the place: from where it is read to the place itself. */
  readonly path?: readonly PathStep[];
  /** Where else the same is so, further on the way of the secret. */
  readonly further?: readonly Place[];
  /** What to do about it. */
  readonly help?: string;
  readonly about?: About;
  /** What `certflow check --fix` changes, where that is sure to be right. Its pointers lead from the root of the file. */
  readonly fix?: Fix;
  /** Page about the rule, relative to the project's root. */
  readonly docs: string;
}

/** The same findings in the order of the text. Those without a place keep theirs, before all others. */
export function inTextOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => (a.range?.start.offset ?? -1) - (b.range?.start.offset ?? -1));
}

/** What mends a finding in all its places. */
export function fixesOf({ fix, further = [] }: Pick<Diagnostic, 'fix' | 'further'>): Fix[] {
  return [fix, ...further.map((place) => place.fix)].filter((one) => one !== undefined);
}
