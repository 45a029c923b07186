/**
 * The candidate that `word` is probably a slip of, case ignored: at most two edits, and no more than one in three characters. Numbers
 * of four digits and more must agree: 650057 beside 50057 is another code, and no slip. Undefined when none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const typed = word.toLowerCase();
  const numbers = numbersIn(word);
  let best: string | undefined;
  let bound = Math.min(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (numbersIn(candidate) !== numbers) continue;
    const distance = edits(typed, candidate.toLowerCase(), bound);
    if (distance >= bound) continue;
    best = candidate;
    bound = distance;
  }
  return best;
}

/** A longer word is no slip, and comparing it would take long. */
const longest = 100;

function numbersIn(word: string): string {
  return (word.match(/\d{4,}/g) ?? []).join(' ');
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other; `bound` when they are not fewer. */
function edits(from: string, to: string, bound: number): number {
  if (Math.abs(from.length - to.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(at(last, to.length), bound);
}

function at(costs: readonly number[], column: number): number {
  return costs[column] as number;
}
