import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { hideSource } from '../../diagnostics/hide-source.ts';
import { secretSpans, widestLine } from '../../diagnostics/render-pretty.ts';

/** A text of a file, and the findings in it that are secrets themselves. */
export interface DiffSide {
  readonly name: string;
  readonly text: string;
  readonly secrets: readonly Diagnostic[];
}

/** What changed in a file, as a unified diff for people: secrets are hidden, and of long lines only what changed is shown. */
export function shownDiff(file: string, before: DiffSide, after: DiffSide): string {
  const shown = ({ text, secrets }: DiffSide) => hideSource(text, secretSpans(secrets).get(file)).replaceAll('\r\n', '\n');
  const patch = structuredPatch(before.name, after.name, shown(before), shown(after));
  const hunks = patch.hunks.map((hunk) => ({ ...hunk, lines: shortened(hunk.lines) }));
  return formatPatch({ ...patch, hunks }, FILE_HEADERS_ONLY);
}

/** Lines that go and lines that come for them stand one after the other: the first goes with the first. */
function shortened(lines: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < lines.length; ) {
    const gone = runOf(lines, index, '-');
    const come = runOf(lines, index + gone.length, '+');
    if (gone.length + come.length === 0) {
      result.push(short(lines[index] ?? '', lines[index] ?? ''));
      index++;
      continue;
    }
    result.push(...gone.map((line, at) => short(line, come[at])), ...come.map((line, at) => short(line, gone[at])));
    index += gone.length + come.length;
  }
  return result;
}

/** The lines with a mark from a place on, and what says of the last that no line end follows it. */
function runOf(lines: readonly string[], from: number, mark: '+' | '-'): readonly string[] {
  if (!lines[from]?.startsWith(mark)) return [];
  const end = lines.findIndex((line, index) => index > from && !line.startsWith(mark) && !line.startsWith('\\'));
  return lines.slice(from, end < 0 ? lines.length : end);
}

/** A long line without what it shares with the other one at its start and end; the mark stays. */
function short(line: string, other = ''): string {
  if (line.length <= widestLine) return line;
  const [text, beside] = [line.slice(1), other.slice(1)];
  const most = Math.min(text.length, beside.length);
  let start = 0;
  while (start < most && text[start] === beside[start]) start++;
  let end = 0;
  while (end < most - start && text.at(-1 - end) === beside.at(-1 - end)) end++;
  const changed = text.slice(start, text.length - end);
  const tooLong = changed.length > widestLine;
  const parts = [start > 0 ? '…' : '', tooLong ? changed.slice(0, widestLine) : changed, end > 0 || tooLong ? '…' : ''];
  return line.charAt(0) + parts.join('').replace(/^……$/, '…');
}
