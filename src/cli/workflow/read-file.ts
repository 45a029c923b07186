import { UsageError } from '../../diagnostics/errors.ts';
import { mostByHand, readNamed } from '../../disk/read.ts';
import { decodeText } from '../../document/decode.ts';
import { SpecSource } from '../../spec/source.ts';
import type { Output } from '../output.ts';

/** The text of a file that somebody named, whose lines findings may then show. Throws an UnreadableError. */
export function readText(path: string, output: Output): string {
  const text = decodeText(readNamed(path, { most: mostByHand, mayBePipe: true }));
  output.remember(path, text);
  return text;
}

/** The value in a file of JSON or YAML. Throws an UnreadableError, or a UsageError where it is neither. */
export function readValue(path: string, output: Output): unknown {
  const source = new SpecSource(readText(path, output), path);
  const [problem] = source.problems;
  if (problem) throw new UsageError(`${path} is neither JSON nor YAML: line ${problem.range.start.line}: ${problem.message}`);
  return source.value();
}
