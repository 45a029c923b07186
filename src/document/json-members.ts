import type { Edit as TextEdit } from 'jsonc-parser';
import { fromPointer } from '../json/pointer.ts';
import type { JsonNode } from './json-tree.ts';
import type { JsonLocator } from './locate.ts';

// Not jsonc-parser's own modify(): it drops comments beside a member that it removes, and those inside one that is to be moved.

/** What a new member holds: a value, or what is written elsewhere in the text. */
type Contents = { readonly value: unknown } | { readonly written: JsonNode };

/** The changes that put a member at the end of its group, or an entry at the end of its list, laid out as what stands there. */
export function insertMember(locator: JsonLocator, pointer: string, contents: Contents): TextEdit[] | undefined {
  const key = fromPointer(pointer).at(-1);
  const parent = locator.nodeAt(pointer.slice(0, pointer.lastIndexOf('/')));
  if (key === undefined || (parent?.type !== 'object' && parent?.type !== 'array')) return undefined;
  // RFC 6901 calls the place after the last entry `-`.
  if (parent.type === 'array' && key !== '-' && Number(key) !== parent.size) return undefined;
  const { text } = locator;
  const style = locator.once(styleOf);
  const label = parent.type === 'object' ? `${JSON.stringify(key)}:${style.space}` : '';
  const around = indentationAt(locator, parent.offset);
  const last = parent.at(-1);
  if (!last) {
    const inner = around + style.unit;
    const member = label + render(contents, locator, style, style.eol === '' ? undefined : inner);
    const isBare = /^[{[]\s*[}\]]$/.test(text.slice(parent.offset, parent.end));
    const [before, after] = style.eol === '' ? ['', ''] : [style.eol + inner, style.eol + around];
    return [{ offset: parent.offset + 1, length: isBare ? parent.end - parent.offset - 2 : 0, content: before + member + after }];
  }
  const ownLine = ownLineBefore(locator, last.memberOffset);
  const { comma, end, isLineComment } = afterMember(text, last.end);
  const indentation = ownLine ?? (isLineComment ? around + style.unit : undefined);
  const separator = indentation === undefined ? style.space : style.eol + indentation;
  const member = separator + label + render(contents, locator, style, indentation);
  if (comma !== undefined) return [{ offset: end, length: 0, content: member }];
  const commaAt = last.end;
  if (commaAt === end) return [{ offset: end, length: 0, content: `,${member}` }];
  return [
    { offset: commaAt, length: 0, content: ',' },
    { offset: end, length: 0, content: member },
  ];
}

/** The changes that take a member out of its group, with the comma and, where it stands alone there, the line. */
export function removeMember(locator: JsonLocator, { group, key, end: memberEnd, place }: JsonNode): TextEdit[] | undefined {
  const { text } = locator;
  if (!group || !key) return undefined;
  const { comma } = afterMember(text, memberEnd);
  const before = startOfSpace(text, key.offset);
  if (group.size === 1 && before === group.offset + 1) {
    const end = endOfSpace(text, comma === undefined ? memberEnd : comma + 1);
    if (text[end] === '}') return [{ offset: before, length: end - before, content: '' }];
  }
  // A comma further on would stand behind a comment, which stays: both are cut out apart.
  if (comma !== undefined && text.slice(memberEnd, comma).trim() === '') {
    const rest = comma + 1;
    const restEnd = rest + (/^[ \t]*/.exec(text.slice(rest, rest + 1000))?.[0].length ?? 0);
    const isLineDone = text[restEnd] === '\r' || text[restEnd] === '\n';
    const isOnOwnLine = ownLineBefore(locator, key.offset) !== undefined;
    const [start, end] = isLineDone && isOnOwnLine ? [before, rest] : [key.offset, restEnd];
    return [{ offset: start, length: end - start, content: '' }];
  }
  const edits: TextEdit[] = [{ offset: before, length: memberEnd - before, content: '' }];
  const previous = place > 0 ? group.at(place - 1) : undefined;
  const commaBefore = previous && comma === undefined ? afterMember(text, previous.end).comma : undefined;
  if (comma !== undefined) edits.push({ offset: comma, length: 1, content: '' });
  if (commaBefore !== undefined && commaBefore + 1 === before)
    edits[0] = { offset: commaBefore, length: memberEnd - commaBefore, content: '' };
  else if (commaBefore !== undefined) edits.unshift({ offset: commaBefore, length: 1, content: '' });
  return edits;
}

/** The change that puts another value in the place of one, laid out as what stands there. */
export function replaceValue(locator: JsonLocator, { offset, end, memberOffset }: JsonNode, value: unknown): TextEdit[] {
  const style = locator.once(styleOf);
  const indentation = ownLineBefore(locator, memberOffset);
  return [{ offset, length: end - offset, content: render({ value }, locator, style, indentation) }];
}

interface Style {
  /** Of a file that is all on one line, empty. */
  readonly eol: string;
  readonly unit: string;
  /** What stands after a colon, and after a comma on the same line. */
  readonly space: string;
}

function styleOf(text: string): Style {
  const eol = /\r\n|\n|\r/.exec(text.trimEnd())?.[0] ?? '';
  return { eol, unit: /[\r\n]([ \t]+)\S/.exec(text)?.[1] ?? '  ', space: /":\s/.test(text) ? ' ' : '' };
}

/** A value as text; without `indentation` on one line. */
function render(contents: Contents, locator: JsonLocator, { unit, eol, space }: Style, indentation: string | undefined): string {
  if ('written' in contents) {
    const { offset } = contents.written;
    const lines = locator.text.slice(offset, contents.written.end).split(/\r\n|\n|\r/);
    const old = indentationAt(locator, offset);
    const again = (line: string) => (line.startsWith(old) ? (indentation ?? old) + line.slice(old.length) : line);
    return lines.map((line, index) => (index === 0 ? line : again(line))).join(eol);
  }
  if (indentation !== undefined)
    return JSON.stringify(contents.value, null, unit)
      .split('\n')
      .join(eol + indentation);
  return space === '' ? JSON.stringify(contents.value) : JSON.stringify(contents.value, null, 1).replaceAll(/\n\s*/g, ' ');
}

/** What follows a member: its comma, and where the line's comments end, or the member where it has none. */
function afterMember(text: string, start: number): { comma: number | undefined; end: number; isLineComment: boolean } {
  const token = /[ \t]+|(\r\n|\n|\r)|(\/\/[^\r\n]*)|(\/\*[\s\S]*?\*\/)|(,)/y;
  token.lastIndex = start;
  let [comma, end, isLineComment, isSameLine]: [number | undefined, number, boolean, boolean] = [undefined, start, false, true];
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [, lineBreak, lineComment, blockComment, isComma] = found;
    if (lineBreak !== undefined) isSameLine = false;
    if (isComma !== undefined) {
      if (comma !== undefined) break;
      comma = found.index;
      end = token.lastIndex;
    } else if (isSameLine && (lineComment ?? blockComment) !== undefined) {
      end = token.lastIndex;
      isLineComment = lineComment !== undefined;
    }
  }
  return { comma, end, isLineComment };
}

/** The white space before a place that is the first of its line; undefined where something else stands there. */
function ownLineBefore(locator: JsonLocator, offset: number): string | undefined {
  const start = lineStart(locator, offset);
  const before = whiteSpaceIn(locator.text, start, offset);
  return start > 0 && start + before.length === offset ? before : undefined;
}

function indentationAt(locator: JsonLocator, offset: number): string {
  return /^[ \t]*/.exec(whiteSpaceIn(locator.text, lineStart(locator, offset), offset))?.[0] ?? '';
}

function lineStart(locator: JsonLocator, offset: number): number {
  return offset - locator.positionOf(offset).column + 1;
}

/** The white space that a part of a text begins with. */
function whiteSpaceIn(text: string, start: number, end: number): string {
  let here = start;
  while (here < end && /\s/.test(text.charAt(here))) here++;
  return text.slice(start, here);
}

function startOfSpace(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isSpace(text[start - 1])) start--;
  return start;
}

function endOfSpace(text: string, offset: number): number {
  let end = offset;
  while (isSpace(text[end])) end++;
  return end;
}

function isSpace(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t' || unit === '\n' || unit === '\r';
}
