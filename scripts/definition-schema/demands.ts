import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** JSON Schema as src/definition/demands.json has it: draft 7, and the words that begin with x-. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string | undefined;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly examples?: readonly string[];
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Schemas;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly not?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema | boolean;
  readonly else?: Schema;
  readonly definitions?: Schemas;
  /** The rule that tells of a value that does not fit, or of one that is missing. */
  readonly 'x-rule'?: string;
  /** The rule that tells of members that there are not. */
  readonly 'x-unknown'?: string;
  readonly 'x-dispatch'?: Dispatch;
  readonly [keyword: string]: unknown;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** For each word that a member can be, the definition that the whole must fit then, or nothing. Without a rule, other words are taken. */
export interface Dispatch {
  readonly by: string;
  readonly cases: Readonly<Record<string, string>>;
  readonly 'x-rule'?: string;
}

/** What the service demands of a definition, in the words that it writes itself. */
export function readDemands(): Schema & { readonly definitions: Schemas } {
  return JSON.parse(readFileSync(fileURLToPath(new URL('../../src/definition/demands.json', import.meta.url)), 'utf8'));
}

/** The name of the definition that a schema refers to. */
export function referred({ $ref }: Schema): string | undefined {
  return $ref?.replace('#/definitions/', '');
}

/** The cases of a dispatch as JSON Schema has them. Their words in any case: the service ignores it. */
export function conditions({ by, cases }: Dispatch): Schema[] {
  const wordsOf = new Map<string, string[]>();
  for (const [word, part] of Object.entries(cases)) if (part !== '') wordsOf.set(part, [...(wordsOf.get(part) ?? []), word]);
  return [...wordsOf].map(([part, words]) => ({
    if: { properties: { [by]: { type: 'string', pattern: wordPattern(words) } }, required: [by] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { $ref: `#/definitions/${part}` },
  }));
}

/** A regular expression for some words in any case. JSON Schema has no flag for that. */
export function wordPattern(words: readonly string[]): string {
  return `^(?:${words.map((word) => anyCase(word.replaceAll(/[$.]/g, '\\$&'))).join('|')})$`;
}

/** The source of a regular expression, changed to one that does without the flag `i`. */
export function anyCase(source: string): string {
  return source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|[a-z]/gi, (token) => {
    if (token.startsWith('\\')) return token;
    if (!token.startsWith('[')) return `[${token.toUpperCase()}${token.toLowerCase()}]`;
    return token.replaceAll(/\\.|[a-z]-[a-z]|[a-z]/gi, (part) =>
      part.startsWith('\\') ? part : [...new Set([part.toUpperCase(), part.toLowerCase()])].join(''),
    );
  });
}
