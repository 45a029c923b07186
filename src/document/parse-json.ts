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

/** Whether groups and lists stand in each other more than `limit` levels deep. Looks no deeper than that itself. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit < 0) return true;
  // Every file passes through here: for…in makes no list of the values.
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], limit - 1)) return true;
  return false;
}
