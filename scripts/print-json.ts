/** No line of an example gets longer by putting a group on it. */
const widest = 72;

/** JSON for reading: a list of words, or a group of words and such lists, stands on one line where it is short. */
export function printJson(value: unknown, indent = '', isFlat = false): string {
  if (!isGroup(value)) return JSON.stringify(value);
  const entries = Array.isArray(value) ? value.map((entry) => ['', entry] as const) : Object.entries(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const named = (key: string, text: string) => (Array.isArray(value) ? text : `${JSON.stringify(key)}: ${text}`);
  if (entries.length === 0) return `${open}${close}`;
  const inOne = entries.map(([key, member]) => named(key, printJson(member, '', true))).join(', ');
  const line = Array.isArray(value) ? `[${inOne}]` : `{ ${inOne} }`;
  const isShort = indent.length + line.length <= widest && entries.every(([, member]) => isPlain(member));
  if (isFlat || (isShort && indent !== '')) return line;
  const inner = `${indent}  `;
  const lines = entries.map(([key, member]) => inner + named(key, printJson(member, inner)));
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isPlain(value: unknown): boolean {
  return !isGroup(value) || Object.keys(value).length === 0 || (Array.isArray(value) && value.every((entry) => !isGroup(entry)));
}
