import type { Diagnostic, Range } from '../../../diagnostics/diagnostic.ts';
import { LineTable } from '../../../diagnostics/line-table.ts';

/**
 * A finding about the template that a Bicep file became, with its place in that file: where what the finding marks, a name or a text,
 * stands there once. Else it names the file, and no place in it.
 */
export function placedInBicep(bicep: string, template: string): (finding: Diagnostic) => Diagnostic {
  const lines = new LineTable(bicep);
  const placed = (range: Range | undefined): Range | undefined => {
    const at = range && onlyPlace(bicep, textAt(template, range));
    return at && { start: lines.positionOf(at.start), end: lines.positionOf(at.end) };
  };
  return ({ range, fix: _, path, ...finding }) => {
    const place = placed(range);
    return {
      ...finding,
      ...(place && { range: place }),
      // A fix would write JSON.
      ...(path && { path: path.map(({ range: there, ...step }) => ({ ...step, ...withRange(placed(there)) })) }),
    };
  };
}

function withRange(range: Range | undefined) {
  return range ? { range } : {};
}

/** The name or text that a range of JSON marks, undefined where it marks something else. */
function textAt(template: string, { start, end }: Range): string | undefined {
  const marked = template.slice(start.offset, end.offset);
  try {
    const value: unknown = JSON.parse(marked.startsWith('"') ? marked : `"${marked}"`);
    return typeof value === 'string' && value.length > 1 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where a name or a text stands in Bicep: as `name:`, as `'name':` or as `'text'`; undefined unless it stands there once. */
function onlyPlace(bicep: string, text: string | undefined): { start: number; end: number } | undefined {
  if (text === undefined) return undefined;
  const asText = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('${', '\\${')}'`;
  const found = [...places(bicep, asText), ...(/^\w+$/.test(text) ? places(bicep, text, /^\s*:/, /\w$/) : [])];
  const [first] = found;
  return found.length === 1 ? first : undefined;
}

function places(bicep: string, words: string, after = /^/, notBefore = /\b\B/): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let start = bicep.indexOf(words); start >= 0; start = bicep.indexOf(words, start + words.length)) {
    const end = start + words.length;
    if (after.test(bicep.slice(end, end + 20)) && !notBefore.test(bicep.slice(Math.max(0, start - 1), start)))
      found.push({ start, end });
  }
  return found;
}
