import type { Diagnostic, PathStep, Range, Severity } from './diagnostic.ts';
import { hideAuthentication } from './hide-authentication.ts';
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
  const shown = new Map<string, string | undefined>();
  const shownText = (file: string) => {
    if (!shown.has(file)) {
      const text = textOf(file);
      const secrets = diagnostics.filter((diagnostic) => diagnostic.isSecret && diagnostic.file === file);
      shown.set(file, text === undefined ? undefined : hideSecretForms(hideAuthentication(hideRanges(text, secrets))));
    }
    return shown.get(file);
  };
  return diagnostics.map((diagnostic) => renderOne(diagnostic, shownText, paint)).join('\n');
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
  const { file, range, severity, message, rule, path, help } = diagnostic;
  const lines = [
    `${paint.strong(placeOf(diagnostic))}: ${paint.severity[severity](severity)}: ${paint.strong(message)} ${paint.faint(`[${rule}]`)}`,
  ];
  const text = file === undefined ? undefined : textOf(file);
  if (text !== undefined && range && mayShowSource(diagnostic)) lines.push(...excerpt(text, range, paint));
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
  let shown = text;
  for (const { range } of diagnostics)
    if (range) {
      const [start, end] = [range.start.offset, range.end.offset];
      shown = shown.slice(0, start) + shown.slice(start, end).replaceAll(/[^\r\n]/g, '*') + shown.slice(end);
    }
  return shown;
}

const widest = 160;

function excerpt(text: string, { start, end }: Range, paint: Paint): string[] {
  const source = lineOf(text, start.line);
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

/** One line of a text, from 1, without its end. */
function lineOf(text: string, line: number): string {
  const end = /\r\n|\r|\n|$/g;
  for (let here = 1, start = 0; ; here++) {
    end.lastIndex = start;
    const found = end.exec(text);
    if (here === line || !found?.[0]) return here === line ? text.slice(start, found?.index) : '';
    start = found.index + found[0].length;
  }
}
