/** Where in a YAML text something is being written, by its indentation: such a text seldom parses. */
export interface YamlPlace {
  /** The keys and places that lead to the group or, where `isValue`, to the member that is written at. */
  readonly path: readonly (string | number)[];
  readonly isValue: boolean;
  /** What of the key or value stands before the cursor. */
  readonly begun: string;
}

interface Level {
  readonly indent: number;
  readonly step: string | number;
}

const line = /^(\s*)((?:-\s+|-$)*)(?:("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:'"[{&*!|>-][^#:]*?)\s*:(?=\s|$))?(.*)$/;

/** The place at an offset of a YAML text in block style. Undefined in comments, block texts and flow collections. */
export function yamlPlaceAt(text: string, offset: number): YamlPlace | undefined {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  const current = lines.pop() ?? '';
  if (/(?:^|\s)#/.test(current)) return undefined;
  const levels: Level[] = [];
  let blockText: number | undefined;
  for (const one of lines) {
    const indent = /^\s*/.exec(one)?.[0].length ?? 0;
    if (one.trim() === '' || one.trimStart().startsWith('#')) continue;
    if (blockText !== undefined && indent > blockText) continue;
    blockText = /(?:^|\s)[|>][+-]?\d*\s*(?:#.*)?$/.test(one) ? indent : undefined;
    read(one, levels);
  }
  const indent = /^\s*/.exec(current)?.[0].length ?? 0;
  if (blockText !== undefined && indent > blockText) return undefined;
  const { key, rest, column } = read(current, levels);
  if (/^\s*[[{]/.test(rest)) return undefined;
  if (key !== undefined) return { path: pathOf(levels), isValue: true, begun: rest.trimStart() };
  drop(levels, column);
  return { path: pathOf(levels), isValue: false, begun: rest };
}

/** Takes a line into the levels that are open. */
function read(text: string, levels: Level[]): { key: string | undefined; rest: string; column: number } {
  const [, space = '', dashes = '', written, rest = ''] = line.exec(text) ?? [];
  let column = space.length;
  for (const dash of dashes.match(/-\s*/g) ?? []) {
    drop(levels, column + 1);
    const last = levels.at(-1)?.indent === column && typeof levels.at(-1)?.step === 'number' ? levels.pop() : undefined;
    levels.push({ indent: column, step: last === undefined ? 0 : Number(last.step) + 1 });
    column += dash.length;
  }
  const key = written?.replace(/^(["'])(.*)\1$/, '$2').trim();
  if (key !== undefined) {
    drop(levels, column);
    levels.push({ indent: column, step: key });
  }
  return { key, rest, column };
}

/** Closes what stands at a column or further in. An entry of a list may stand right below its key. */
function drop(levels: Level[], column: number) {
  while ((levels.at(-1)?.indent ?? -1) >= column) levels.pop();
}

function pathOf(levels: readonly Level[]): (string | number)[] {
  return levels.map(({ step }) => step);
}
