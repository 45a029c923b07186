/** The words of messages: what was found, what is near it. */

/** The known word nearest to what was written, or undefined if none is near. Case does not count. */
export function nearestWord(written: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const word of known) {
    if (Math.abs(word.length - written.length) > limit) continue;
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

/** `did you mean "x"?` where a word is near, else the list of what is allowed. */
export function suggest(written: string, known: readonly string[], allowed = 'allowed here'): string {
  const near = nearestWord(written, known);
  return near === undefined ? `${allowed}: ${known.join(', ')}` : `did you mean "${near}"?`;
}

/** A value as a message quotes it: JSON, at most 60 characters, on one line. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 56)}…${typeof value === 'string' ? '"' : ''}`;
}

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; words are short. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
