import { UsageError } from '../../diagnostics/errors.ts';
import { isObject } from '../../json/json.ts';
import type { GeneratedFile } from '../format.ts';
import { toJson } from './json.ts';

/**
 * A file that others write into too (`ifThere`), with what they wrote; any other file as it is. `path` names what is there in messages.
 * Throws a UsageError where that is not what something can be added to.
 */
export function besideWhatIsThere(file: GeneratedFile, before: Uint8Array, path: string): GeneratedFile {
  if (file.ifThere === undefined) return file;
  if (file.ifThere === 'keep') return { ...file, contents: before };
  const { mergeLevels, wins } = file.ifThere;
  const ours = JSON.parse(String(file.contents)) as unknown;
  const theirs = parseGroup(new TextDecoder().decode(before), path);
  return { ...file, contents: toJson(merge(theirs, ours, mergeLevels, wins)) };
}

/** Their members in their order, then ours that they lack; below so many levels, one of both values. */
function merge(theirs: unknown, ours: unknown, levels: number, wins: 'ours' | 'theirs'): unknown {
  if (levels === 0 || !isObject(theirs) || !isObject(ours)) return wins === 'ours' ? ours : theirs;
  const both = Object.entries(theirs).map(([name, value]): [string, unknown] => [
    name,
    Object.hasOwn(ours, name) ? merge(value, ours[name], levels - 1, wins) : value,
  ]);
  return Object.fromEntries([...both, ...Object.entries(ours).filter(([name]) => !Object.hasOwn(theirs, name))]);
}

function parseGroup(text: string, path: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    if (isObject(value)) return value;
  } catch {
    // Falls through to the error below.
  }
  throw new UsageError(`${path} holds no JSON object, so nothing can be added to it. Mend it, or move it away.`);
}
