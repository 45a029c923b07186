import type { Diagnostic, PathStep, Range, Severity } from './diagnostic.ts';
import { gravest } from './gravest.ts';
import { hideSource } from './hide-source.ts';
import { type Line, painted } from './line.ts';
import { LineTable } from './line-table.ts';
import type { Span } from './secrets-in-json.ts';
import { cutKnown, cutValue, escapeSteering, longestValue } from './show.ts';

export interface PrettyOptions {
  /** Findings whose own text is hidden in source lines; they need not be among those that are told. By default those that are. */
  readonly secrets?: readonly Diagnostic[] | undefined;
  /** Of the terminal: of a longer source line the part around the place is shown. */
  readonly columns?: number | undefined;
}

/**
 * Findings for a person: what, where, the line with the place marked, what to do. `textOf` gives the text of a file, if it is known,
 * for the source lines.
 */
export function renderPretty(
  diagnostics: readonly Diagnostic[],
  textOf: (file: string) => string | undefined,
  { secrets = diagnostics, columns }: PrettyOptions = {},
): Line[] {
  const spans = secretSpans(secrets);
  const shown = new Map<string, LineTable | undefined>();
  const linesOf = (file: string) => {
    if (!shown.has(file)) {
      const text = textOf(file);
      shown.set(file, text === undefined ? undefined : new LineTable(hideSource(text, spans.get(file))));
    }
    return shown.get(file);
  };
  return [...byFile(diagnostics)].flatMap(([file = '', found]) => {
    const told = gravest(found);
    const left = found.length - told.length;
    const more: Line[] = left > 0 ? [[painted('strong', file), `: and ${left.toLocaleString('en')} more`], ''] : [];
    return [...told.flatMap((diagnostic) => renderOne(diagnostic, linesOf, columns)), ...more];
  });
}

function byFile(diagnostics: readonly Diagnostic[]): Map<string | undefined, Diagnostic[]> {
  const found = new Map<string | undefined, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const others = found.get(diagnostic.file);
    if (others) others.push(diagnostic);
    else found.set(diagnostic.file, [diagnostic]);
  }
  return found;
}

/** Where findings are secrets themselves, by their files. */
export function secretSpans(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { file, range, isSecret } of diagnostics)
    if (isSecret && range && file !== undefined) {
      const others = spans.get(file) ?? [];
      others.push([range.start.offset, range.end.offset]);
      spans.set(file, others);
    }
  return spans;
}

/** `2 errors, 1 warning`. */
export function countBySeverity(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity, word: string) => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${found} ${word}${found === 1 || word === 'info' ? '' : 's'}`];
  };
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'info')].join(', ');
}

function renderOne(
  diagnostic: Diagnostic,
  linesOf: (file: string) => LineTable | undefined,
  columns: number | undefined,
): Line[] {
  const { file, range, severity, message, rule, path = [], help, about } = diagnostic;
  const told = (text: string) => cutKnown(text, about);
  const lines: Line[] = [
    [
      painted('strong', placeOf(diagnostic)),
      ': ',
      painted(severity, severity),
      ': ',
      painted('strong', told(message)),
      ' ',
      painted('faint', `[${rule}]`),
    ],
  ];
  const source = file !== undefined && mayShowSource(diagnostic) ? linesOf(file) : undefined;
  if (source && range) {
    const text = source.slice(source.startOf(range.start.line), source.endOf(range.start.line));
    lines.push(...excerpt(text, range, { severity, columns }));
  }
  for (const [index, step] of path.entries())
    lines.push([
      painted('faint', index === 0 ? '  path:' : '       '),
      ` ${index + 1}. ${told(step.message)} `,
      painted('faint', `(${placeOf(step)})`),
    ]);
  if (help !== undefined) lines.push([painted('faint', '  help:'), ` ${told(help)}`]);
  return [...lines, ''];
}

function placeOf({ file, pointer, range }: Pick<PathStep, 'file' | 'pointer' | 'range'>): string {
  const shownFile = file === undefined ? undefined : cutParts(file);
  if (range) return `${shownFile ?? ''}:${range.start.line}:${range.start.column}`;
  return [shownFile, cutParts(pointer) || '/'].filter((part) => part !== undefined).join(' ');
}

/** A path or a pointer, whose names are values. */
function cutParts(path: string): string {
  return path.length > longestValue ? path.split('/').map(cutValue).join('/') : path;
}

/** Nothing of an `authentication` block is echoed, for it may hold a password or a certificate; and no secret that was found. */
function mayShowSource({ pointer, isSecret }: Diagnostic): boolean {
  return !isSecret && !pointer.split('/').includes('authentication');
}

/** A longer line is not shown whole: what stands beside the place may be anything. */
export const widestLine = 160;

function excerpt(
  source: string,
  { start, end }: Range,
  { severity, columns }: { readonly severity: Severity; readonly columns: number | undefined },
): Line[] {
  const number = String(start.line);
  const room = Math.max(20, Math.min(columns === undefined ? widestLine : columns - `${number} | `.length, widestLine));
  const endColumn = end.line === start.line ? end.column : source.length + 1;
  const at = start.column - 1;
  const isLong = source.length > widestLine;
  const length = Math.max(1, Math.min(endColumn - start.column, source.length > room ? room - 2 : room));
  const { before, after } = isLong ? { before: '…', after: '…' } : beside(source, at, at + length, room);
  const marked = escapeSteering(source.slice(at, at + length));
  return [
    [painted('faint', `${number} |`), ` ${before}${marked}${after}`],
    [
      painted('faint', `${' '.repeat(number.length)} |`),
      ` ${before.replaceAll(/[^\t]/g, ' ')}`,
      painted(severity, `^${'~'.repeat(Math.max(length, marked.length) - 1)}`),
    ],
  ];
}

/** What stands before and after a place in its line, as far as there is room for it. */
function beside(source: string, at: number, end: number, room: number) {
  const from = Math.max(0, Math.min(at - Math.floor((room - (end - at)) / 2), source.length - room));
  const to = from + room;
  const before = from > 0 ? `…${source.slice(from + 1, at)}` : source.slice(0, at);
  const after = to < source.length ? `${source.slice(end, to - 1)}…` : source.slice(end);
  return { before: escapeSteering(before), after };
}
