import { isSecured } from '../definition/get-secret.ts';
import { actionTypes, triggerTypes } from '../definition/operations.ts';
import type { OperationEntry } from '../definition/walk.ts';
import type { Fix } from '../diagnostics/fix.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { isObject } from '../json/json.ts';
import { member, memberNamed } from '../json/member.ts';
import { cannotHide } from './secure-data.ts';

/**
 * The fix that hides parts of an operation from run history; undefined where it cannot hide them, or where what stands there is no
 * plain list of parts.
 */
export function hide(
  { node, name, typeWord, pointer }: OperationEntry,
  parts: readonly ('inputs' | 'outputs')[],
): Fix | undefined {
  // A misspelled type may be one that hides nothing.
  if (!actionTypes.has(typeWord) && !triggerTypes.has(typeWord)) return undefined;
  const missing = parts.filter((part) => !isSecured(node, part));
  // The service does not take hidden data and tracked properties together.
  if (node.trackedProperties !== undefined) return undefined;
  // The service ignores the case of members: it would see `RuntimeConfiguration` and a new member as the same one twice.
  if (node.runtimeConfiguration === undefined && memberNamed(node, 'runtimeConfiguration') !== undefined) return undefined;
  // If `inputs` has its own runtimeConfiguration, another fix handles it; do nothing here.
  if (missing.some((part) => cannotHide(typeWord, part)) || member(node, 'inputs', 'runtimeConfiguration') !== undefined)
    return undefined;
  const description = `hide the ${missing.join(' and ')} of "${name}"`;
  const path = ['runtimeConfiguration', 'secureData', 'properties'];
  for (let depth = 1; depth <= path.length; depth++) {
    const here = member(node, ...path.slice(0, depth));
    if (here !== undefined) continue;
    if (depth > 1 && !isObject(member(node, ...path.slice(0, depth - 1)))) return undefined;
    const value = path.slice(depth).reduceRight<unknown>((inner, key) => ({ [key]: inner }), missing);
    return { description, edits: [{ kind: 'add', pointer: `${pointer}/${path.slice(0, depth).join('/')}`, value }] };
  }
  const properties = member(node, ...path);
  if (!Array.isArray(properties)) return undefined;
  // A list takes one new entry at a time; one that is empty or holds other words was left so by a person.
  const [part, another] = missing;
  if (part === undefined || another !== undefined) return undefined;
  return { description, edits: [{ kind: 'add', pointer: `${pointer}/${path.join('/')}/${properties.length}`, value: part }] };
}

/** The fix of a slip in a word of a fixed set: there is one word near it, and only one. */
export function spell(word: string, known: readonly string[], pointer: string): Fix | undefined {
  const near = nearest(word, known);
  if (near === undefined) return undefined;
  const other = nearest(
    word,
    known.filter((each) => each.toLowerCase() !== near.toLowerCase()),
  );
  if (other !== undefined) return undefined;
  return { description: `write "${near}"`, edits: [{ kind: 'replace', pointer, value: near }] };
}
