import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type SchemaValidator, schemaProblems } from '../document/schema-problems.ts';
import { SpecSource } from '../spec/source.ts';
import { SpecError } from '../spec/spec-error.ts';

/** A YAML or JSON text that a schema has found right, and the way back to its places. */
export interface Read {
  readonly value: unknown;
  readonly source: SpecSource;
}

/** What every finding in such a file has. */
export const mistake = {
  rule: 'test-file',
  severity: 'error',
  category: 'correctness',
  docs: 'docs/commands/test.md',
} as const;

/** Reads a text by a schema. Throws a SpecError that holds every mistake with its line and column. */
export function readYaml(text: string, file: string, validate: SchemaValidator): Read {
  const source = new SpecSource(text, file);
  if (source.problems.length > 0)
    throw new SpecError(source.problems.map((problem) => ({ ...mistake, file, pointer: '', ...problem })));
  const value = source.value() ?? {};
  const mistakes: Diagnostic[] = schemaProblems(validate, value).map(({ pointer, message, atKey, ...advice }) => ({
    ...mistake,
    file,
    message,
    pointer,
    range: source.rangeOf(pointer, atKey ? 'key' : 'value'),
    ...advice,
  }));
  if (mistakes.length > 0) throw new SpecError(mistakes);
  return { value, source };
}
