import type { Diagnostic, Severity } from './diagnostic.ts';
import { cutKnown, showPath, showValue } from './show.ts';

/** GitHub knows three levels. */
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as GitHub Actions takes them from a log and shows them at the lines of a pull request, one a line. Of a file inside a
 * zip, the zip is named. Source: GitHub's page on workflow commands; its toolkit for the escapes.
 */
export function renderGitHub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(renderOne).join('\n');
}

function renderOne({ severity, message, rule, file, range, help, pointer, about }: Diagnostic): string {
  const [, zip, entry] = /^(.*\.zip)!(.+)$/i.exec(file ?? '') ?? [];
  const properties: Record<string, string | number | undefined> = {
    // Windows writes paths with backslashes, and GitHub's names of files have none.
    file: (zip ?? file)?.replaceAll('\\', '/'),
    // The lines of an entry are not those of the zip.
    ...(range &&
      zip === undefined && {
        line: range.start.line,
        endLine: range.end.line,
        col: range.start.column,
        // GitHub takes columns only of one line, and its end is the last character, not the one after it.
        ...(range.start.line === range.end.line && { endColumn: Math.max(range.start.column, range.end.column - 1) }),
      }),
    title: `certflow: ${rule}`,
  };
  const shown = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(value)}`]));
  const lines = [entry === undefined ? message : `${entry} ${pointer}: ${message}`, ...(help === undefined ? [] : [help])];
  const text = lines.map((line) => data(showValue(cutKnown(line, about)))).join('%0A');
  return `::${levels[severity]} ${shown.join(',')}::${text}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string | number): string {
  return data(showPath(String(value)))
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C');
}
