import { printExpression } from '../expression/printer.ts';
import { listReferencesIn } from '../expression/references.ts';
import { isTemplate } from '../expression/template.ts';
import type { Json } from '../json/json.ts';

/**
 * The same JSON with every `parameters('…')` in its expressions under its new name; `names` is by old name in lower case,
 * since the language ignores case. Keys, and parameters that are not in `names`, stay as they are.
 */
export function renameParameters(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return isTemplate(value) ? renamedIn(value, names) : value;
  if (Array.isArray(value)) return value.map((entry) => renameParameters(entry, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, renameParameters(member, names)]));
}

function renamedIn(text: string, names: ReadonlyMap<string, string>): string {
  let result = text;
  // From the end, so that the offsets of those before still hold.
  for (const { kind, name, start, end } of listReferencesIn(text).toReversed()) {
    const renamed = kind === 'parameter' && name !== undefined ? names.get(name.toLowerCase()) : undefined;
    if (renamed === undefined) continue;
    result = `${result.slice(0, start)}${printExpression({ kind: 'string', value: renamed, start, end })}${result.slice(end)}`;
  }
  return result;
}
