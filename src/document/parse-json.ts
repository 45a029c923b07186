import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

export type ParsedJson = { readonly value: unknown } | { readonly problem: JsonProblem };

export interface JsonProblem {
  /** What is wrong, without final full stop. */
  readonly message: string;
  /** Where, from 0, in UTF-16 code units. */
  readonly offset: number;
}

/** Parses JSON; comments and trailing commas are taken too. Never throws. */
export function parseJson(text: string): ParsedJson {
  try {
    // Nearly every file is strict JSON, and Node's own parser is many times faster.
    return { value: JSON.parse(text) };
  } catch {
    return parseLenient(text);
  }
}

function parseLenient(text: string): ParsedJson {
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    return first ? { problem: { message: messageOf(first), offset: first.offset } } : { value };
  } catch (error) {
    // The lenient parser calls itself for every level.
    if (error instanceof RangeError) return { problem: { message: 'it is nested too deep', offset: 0 } };
    throw error;
  }
}

function messageOf({ error }: ParseError): string {
  const words = printParseErrorCode(error).replaceAll(
    /([a-z])([A-Z])/g,
    (_, before, after) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Whether groups and lists stand in each other more than `limit` levels deep. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= limit; depth++) {
    const next: unknown[] = [];
    for (const here of level) {
      if (typeof here !== 'object' || here === null) continue;
      for (const inner of Object.values(here)) if (typeof inner === 'object' && inner !== null) next.push(inner);
    }
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}
