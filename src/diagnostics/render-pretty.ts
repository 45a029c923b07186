import type { Diagnostic, Severity } from './diagnostic.ts';

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
  return diagnostics.map((diagnostic) => renderOne(diagnostic, textOf, paint)).join('\n');
}

/** `2 errors, 1 warning`. */
export function countBySeverity(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity, word: string) => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${found} ${word}${found === 1 || word === 'info' ? '' : 's'}`];
  };
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'info')].join(', ');
}

function renderOne(diagnostic: Diagnostic, textOf: (file: string) => string | undefined, paint: Paint): string {
  const { file, pointer, range, severity, message, rule, help } = diagnostic;
  const place = range
    ? `${file ?? ''}:${range.start.line}:${range.start.column}`
    : [file, pointer || '/'].filter((part) => part !== undefined).join(' ');
  const lines = [
    `${paint.strong(place)}: ${paint.severity[severity](severity)}: ${paint.strong(message)} ${paint.faint(`[${rule}]`)}`,
  ];
  const text = file === undefined ? undefined : textOf(file);
  if (text !== undefined && range && mayShowSource(diagnostic)) lines.push(...excerpt(text, range.start, range.end, paint));
  if (help !== undefined) lines.push(`${paint.faint('  help:')} ${help}`);
  return `${lines.join('\n')}\n`;
}

/** Nothing of an `authentication` block is echoed: it may hold a password or a certificate. */
function mayShowSource({ pointer }: Diagnostic): boolean {
  return !pointer.split('/').includes('authentication');
}

const widest = 160;

function excerpt(
  text: string,
  start: { line: number; column: number },
  end: { line: number; column: number },
  paint: Paint,
): string[] {
  const source = text.split(/\r\n|\r|\n/)[start.line - 1] ?? '';
  const from = Math.max(0, start.column - 1 - widest / 2);
  const shown = source.slice(from, from + widest);
  const endColumn = end.line === start.line ? end.column : source.length + 1;
  const marked = Math.max(1, Math.min(endColumn, from + widest + 1) - start.column);
  const margin = String(start.line).length;
  const before = shown.slice(0, start.column - 1 - from).replaceAll(/[^\t]/g, ' ');
  return [
    `${paint.faint(`${start.line} |`)} ${shown}`,
    `${paint.faint(`${' '.repeat(margin)} |`)} ${before}${paint.severity.error(`^${'~'.repeat(marked - 1)}`)}`,
  ];
}
