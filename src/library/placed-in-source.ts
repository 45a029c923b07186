import type { Diagnostic, Range } from '../diagnostics/diagnostic.ts';
import { LineTable } from '../diagnostics/line-table.ts';
import type { Source } from '../formats/reading/opened-document.ts';

/**
 * A finding about the template that files in another language became, with its place in them: where what the finding marks, a name or
 * a text, stands there once. Else it names the first file, and no place in it. It has no fix, which would write JSON.
 */
export function placedInSource({ language, files }: Source, template: string): (finding: Diagnostic) => Diagnostic {
  const tables = new Map<string, LineTable>();
  const placed = (range: Range | undefined): { file: string; range: Range } | undefined => {
    const marked = range && textAt(template, range);
    if (marked === undefined) return undefined;
    const found = files.flatMap(({ file, text }) => placesOf(text, marked, language).map((at) => ({ file, text, ...at })));
    const [first] = found;
    if (!first || found.length > 1) return undefined;
    const lines = tables.get(first.file) ?? new LineTable(first.text);
    tables.set(first.file, lines);
    return { file: first.file, range: { start: lines.positionOf(first.start), end: lines.positionOf(first.end) } };
  };
  return ({ range, fix: _, path, ...finding }) => ({
    ...finding,
    ...placed(range),
    ...(path && { path: path.map(({ range: there, ...step }) => ({ ...step, ...placed(there) })) }),
  });
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

/** Characters: what is shorter is a word that stands in comments too. */
const shortestPart = 6;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a name or a text stands: as a text in quotes, or a part of one; or as a name before `:` or `=`. */
function placesOf(source: string, text: string, language: Source['language']): Place[] {
  const quoted = language === 'bicep' ? inBicep(text) : JSON.stringify(text).replaceAll('${', '$${');
  const inQuotes = places(source, quoted, () => true);
  const isName = ({ start, end }: Place) =>
    !/[\w."']/.test(source[start - 1] ?? '') && /^\s*[:=]/.test(source.slice(end, end + 40));
  const found = /^\w+$/.test(text) ? [...inQuotes, ...places(source, text, isName)] : inQuotes;
  // A part of a text, such as a call within an expression.
  return found.length === 0 && text.length >= shortestPart ? places(source, quoted.slice(1, -1), () => true) : found;
}

function inBicep(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('${', '\\${')}'`;
}

function places(source: string, words: string, isMeant: (place: Place) => boolean): Place[] {
  const found: Place[] = [];
  for (let start = source.indexOf(words); start >= 0; start = source.indexOf(words, start + words.length)) {
    const place = { start, end: start + words.length };
    if (isMeant(place)) found.push(place);
  }
  return found;
}
