/**
 * A JSON text with asterisks for all that stands in values of `authentication`, line ends apart: they may hold a password or a
 * certificate, and a file on one line has them beside everything else. Length and lines stay the same. The text need not be sound.
 */
export function hideAuthentication(text: string): string {
  let shown = '';
  let done = 0;
  for (const { index, 0: key } of text.matchAll(/"authentication"\s*:\s*/gi)) {
    if (index < done) continue;
    const start = index + key.length;
    const end = endOfValue(text, start);
    shown += text.slice(done, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, '*');
    done = end;
  }
  return shown + text.slice(done);
}

/** Just after the JSON value that starts at an offset; the end of the text where it never ends. */
function endOfValue(text: string, start: number): number {
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\],]/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [mark] = found;
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') depth--;
    // A bare word or a missing value ends before whatever comes next.
    if (depth < 0 || (mark === ',' && depth === 0)) return found.index;
    if (depth === 0 && mark !== ',') return token.lastIndex;
  }
  return text.length;
}
