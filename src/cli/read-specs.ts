import { join, resolve } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';
import { findFiles } from '../disk/find-files.ts';
import { kindOf } from '../disk/kind.ts';
import { mostByHand, readFound } from '../disk/read.ts';
import { decodeText } from '../document/decode.ts';
import type { Spec } from '../spec/spec.ts';
import type { Output } from './output.ts';
import { readSpec, specOf } from './read-spec.ts';

/** What stands in the help of every command that takes specs. */
export const specsArgument = 'specs, or folders with certflow.yaml and *.certflow.yaml somewhere in them';

/** The specs that were named, each once; a folder stands for all that are in it. Throws what `readSpec` throws, and a UsageError for a folder without any. */
export function readSpecs(paths: readonly string[], output: Output): Spec[] {
  const specs = [...new Set(paths)].flatMap((path) => specsAt(path, output));
  return [...new Map(specs.map((spec) => [resolve(spec.source.file), spec])).values()];
}

/** The one spec that is meant, where several make no sense; `why` they do not ends the sentence. Throws a UsageError for several. */
export function readOnlySpec(paths: readonly string[], why: string, output: Output): Spec {
  const specs = readSpecs(paths, output);
  const [only] = specs;
  if (only && specs.length === 1) return only;
  const names = specs.slice(0, 3).map(({ source }) => source.file);
  throw new UsageError(
    `${specs.length} specs were named (${names.join(', ')}${specs.length > names.length ? ', …' : ''}), and ${why}: name one.`,
  );
}

function specsAt(path: string, output: Output): Spec[] {
  if (kindOf(path) !== 'folder') return [readSpec(path, output)];
  const found = findFiles(path, (name, reason) => output.note([`passed over ${join(path, name)}: ${reason}`])).filter((file) =>
    /(^|\/|\.)certflow\.ya?ml$/.test(file),
  );
  if (found.length === 0) throw new UsageError(`${path} holds no certflow.yaml and no *.certflow.yaml.`);
  return found.map((file) => {
    const text = decodeText(readFound(path, file, { most: mostByHand }) ?? new Uint8Array());
    return specOf(text, join(path, file), output);
  });
}
