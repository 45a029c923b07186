import type { Diagnostic, PathStep, Range, Severity } from './diagnostic.ts';
import { hideAuthentication } from './hide-authentication.ts';
import { LineTable } from './line-table.ts';
import { hideSecretForms } from './secret-forms.ts';

/** How to paint words; the identity where there is no colour. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/**
 * Findings for a person: what, where, the line with the place marked, what to do.
 * `textOf` gives the text of a file, if it is known, for the source lines.
 */
export function renderPretty(
  diagnostics: readonly Diagnostic[],
  textOf: (file: string) => string | undefined,
  paint: Paint,
): string {
  const byFile = new Map<string | undefined, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const others = byFile.get(diagnostic.file);
    if (others) others.push(diagnostic);
    else byFile.set(diagnostic.file, [diagnostic]);
  }
  const shown = new Map<string, LineTable | undefined>();
  const shownLines = (file: string) => {
    if (!shown.has(file)) {
      const text = textOf(file);
      const secrets = (byFile.get(file) ?? []).filter(({ isSecret }) => isSecret);
      const hidden = text && hideSecretForms(hideAuthentication(hideRanges(text, secrets)));
      shown.set(file, hidden === undefined ? undefined : new LineTable(hidden));
    }
    return shown.get(file);
  };
  return [...byFile]
    .flatMap(([file, found]) => {
      const told = gravest(found).map((diagnostic) => renderOne(diagnostic, shownLines, paint));
      const left = found.length - told.length;
      if (left > 0) told.push(`${paint.strong(file ?? '')}: and ${left.toLocaleString('en')} more\n`);
      return told;
    })
    .join('\n');
}

/** Nobody reads more of one file. */
const mostOfAFile = 200;

/** As many findings of a file as are shown: the gravest, in the order that they have. */
function gravest(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length <= mostOfAFile) return found;
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((wanted) =>
    found.filter(({ severity }) => severity === wanted),
  );
  const told = new Set(bySeverity.slice(0, mostOfAFile));
  return found.filter((diagnostic) => told.has(diagnostic));
}

/** `2 errors, 1 warning`. */
export function countBySeverity(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity, word: string) => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${found} ${word}${found === 1 || word === 'info' ? '' : 's'}`];
  };
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'info')].join(', ');
}

function renderOne(diagnostic: Diagnostic, linesOf: (file: string) => LineTable | undefined, paint: Paint): string {
  const { file, range, severity, message, rule, path, help } = diagnostic;
  const lines = [
    `${paint.strong(placeOf(diagnostic))}: ${paint.severity[severity](severity)}: ${paint.strong(message)} ${paint.faint(`[${rule}]`)}`,
  ];
  const source = file === undefined ? undefined : linesOf(file);
  if (source && range && mayShowSource(diagnostic)) lines.push(...excerpt(source, range, paint));
  for (const [index, step] of (path ?? []).entries())
    lines.push(
      `${paint.faint(index === 0 ? '  path:' : '       ')} ${index + 1}. ${step.message} ${paint.faint(`(${placeOf(step)})`)}`,
    );
  if (help !== undefined) lines.push(`${paint.faint('  help:')} ${help}`);
  return `${lines.join('\n')}\n`;
}

function placeOf({ file, pointer, range }: Pick<PathStep, 'file' | 'pointer' | 'range'>): string {
  if (range) return `${file ?? ''}:${range.start.line}:${range.start.column}`;
  return [file, pointer || '/'].filter((part) => part !== undefined).join(' ');
}

/** Nothing of an `authentication` block is echoed, for it may hold a password or a certificate; and no secret that was found. */
function mayShowSource({ pointer, isSecret }: Diagnostic): boolean {
  return !isSecret && !pointer.split('/').includes('authentication');
}

/** The text with asterisks for the values of some findings, which may stand in the same line as another one's. */
function hideRanges(text: string, diagnostics: readonly Diagnostic[]): string {
  let shown = '';
  let done = 0;
  const ranges = diagnostics.flatMap(({ range }) => range ?? []).sort((a, b) => a.start.offset - b.start.offset);
  for (const { start, end } of ranges) {
    const from = Math.max(done, start.offset);
    if (end.offset <= from) continue;
    shown += text.slice(done, from) + text.slice(from, end.offset).replaceAll(/[^\r\n]/g, '*');
    done = end.offset;
  }
  return shown + text.slice(done);
}

const widest = 160;

function excerpt(lines: LineTable, { start, end }: Range, paint: Paint): string[] {
  const [lineStart, lineEnd] = [lines.startOf(start.line), lines.endOf(start.line)];
  const from = Math.max(0, start.column - 1 - widest / 2);
  const shown = lines.slice(lineStart + from, Math.min(lineEnd, lineStart + from + widest));
  const endColumn = end.line === start.line ? end.column : lineEnd - lineStart + 1;
  const marked = Math.max(1, Math.min(endColumn, from + widest + 1) - start.column);
  const margin = String(start.line).length;
  const before = shown.slice(0, start.column - 1 - from).replaceAll(/[^\t]/g, ' ');
  return [
    `${paint.faint(`${start.line} |`)} ${shown}`,
    `${paint.faint(`${' '.repeat(margin)} |`)} ${before}${paint.severity.error(`^${'~'.repeat(marked - 1)}`)}`,
  ];
}
