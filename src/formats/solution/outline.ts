import { parseXml } from './xml.ts';

/** An XML text without the long contents of some elements, which may be most of it. */
export interface Outline {
  /** In the place of each of these contents stands an instruction with as many lines. */
  readonly text: string;
  /** The same contents put back into what was made of the text. */
  readonly restore: (text: string) => string;
  /** Throws an Error with the reason where one of the contents is not well formed. */
  readonly check: () => void;
}

/** Characters. Shorter contents are no matter. */
const longest = 20_000;

/** Contents are looked at in pieces of so many characters, as far as they have elements that end. */
const piece = 100_000;

interface Content {
  readonly start: number;
  readonly end: number;
  /** Where elements in it end. */
  readonly pieces: readonly number[];
}

/**
 * The outline of an XML text: long contents of the root's children are left out, but for those that are `wanted`. The tree of a text takes
 * some fifty times its length, and customizations.xml has all that a solution is made of. Of a text whose tags do not go together, all stays.
 */
export function outlineOf(text: string, wanted: ReadonlySet<string>): Outline {
  // What the parser does by itself. Source: "Extensible Markup Language (XML) 1.1", section 2.11.
  const lines = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  const isLong = lines.length > longest && !lines.includes(instruction);
  const { found, root } = isLong ? longContents(lines, wanted) : nothing;
  const kept = found.map(({ start, end }) => lines.slice(start, end));
  let outline = '';
  let from = 0;
  for (const [index, { start, end }] of found.entries()) {
    outline += lines.slice(from, start) + placeholder(index, lines.slice(start, end));
    from = end;
  }
  return {
    text: outline + lines.slice(from),
    restore: (changed) => changed.replaceAll(placeholders, (_, index: string) => kept[Number(index)] ?? ''),
    check: () => {
      for (const { start, end, pieces } of found)
        for (const [index, at] of [start, ...pieces].entries())
          parseXml(`${root}${lines.slice(at, pieces[index] ?? end)}</${nameIn(root, 1)}>`);
    },
  };
}

const instruction = '<?certflow-left-out';
const placeholders = /<\?certflow-left-out (\d+)\s*\?>/g;

/** With as many lines, of which the last is as long: places behind it stay what they are. */
function placeholder(index: number, content: string): string {
  const last = content.lastIndexOf('\n');
  const lines = content.split('\n').length - 1;
  const start = `${instruction} ${index}`;
  const width = lines === 0 ? content.length - start.length - 2 : content.length - last - 3;
  return `${start}${'\n'.repeat(lines)}${' '.repeat(Math.max(0, width))}?>`;
}

interface Found {
  readonly found: readonly Content[];
  /** The tag that the root begins with. */
  readonly root: string;
}

const nothing: Found = { found: [], root: '' };

/** The long contents of the root's children. None where tags do not go together, or there is a document type, which may say anything. */
function longContents(text: string, wanted: ReadonlySet<string>): Found {
  const found: Content[] = [];
  const open: string[] = [];
  let root = '';
  let start = 0;
  let pieces: number[] = [];
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const special = specials.find(([begin]) => text.startsWith(begin, at));
    const end = special ? text.indexOf(special[1], at + special[0].length) : tagEnd(text, at + 1);
    if (end === -1 || (!special && text[at + 1] === '!')) return nothing;
    if (special) {
      at = end + special[1].length;
      continue;
    }
    const isClosing = text[at + 1] === '/';
    const isEmpty = text[end - 1] === '/';
    const name = nameIn(text, at + (isClosing ? 2 : 1));
    if (isClosing && open.pop() !== name) return nothing;
    if (isClosing && open.length === 1 && at - start > longest && !wanted.has(name)) found.push({ start, end: at, pieces });
    if (!isClosing && !isEmpty) open.push(name);
    if (root === '') root = text.slice(at, end + 1);
    if (!isClosing && open.length === 2 && !isEmpty) [start, pieces] = [end + 1, []];
    else if (open.length === 2 && end + 1 - (pieces.at(-1) ?? start) > piece) pieces.push(end + 1);
    at = end + 1;
  }
  return open.length === 0 ? { found, root } : nothing;
}

const specials = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Where the tag ends, which may have `>` between quotes; -1 where it does not. */
function tagEnd(text: string, from: number): number {
  const mark = /["'<>]/g;
  mark.lastIndex = from;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const [character] = found;
    if (character === '>') return found.index;
    const end = character === '<' ? -1 : text.indexOf(character, found.index + 1);
    if (end === -1) return -1;
    mark.lastIndex = end + 1;
  }
  return -1;
}

function nameIn(text: string, at: number): string {
  const name = /[^\s/>]*/y;
  name.lastIndex = at;
  return name.exec(text)?.[0] ?? '';
}
