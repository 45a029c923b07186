import { readFileSync } from 'node:fs';
import { UsageError } from '../../diagnostics/errors.ts';
import { SpecSource } from '../../spec/source.ts';
import type { Output } from '../output.ts';

/** The text of a file, whose lines findings may then show. Throws a UsageError where it cannot be read. */
export function readText(path: string, output: Output): string {
  try {
    const text = readFileSync(path, 'utf8');
    output.remember(path, text);
    return text;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The value in a file of JSON or YAML. Throws a UsageError where it is neither. */
export function readValue(path: string, output: Output): unknown {
  const source = new SpecSource(readText(path, output), path);
  const [problem] = source.problems;
  if (problem) throw new UsageError(`${path} is neither JSON nor YAML: line ${problem.range.start.line}: ${problem.message}`);
  return source.value();
}
