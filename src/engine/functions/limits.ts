import { notRun } from '../refusal.ts';

/** Characters of a text, a sixth of what the service takes: more would hold a machine up. */
const longest = 16_777_216;
/** Items of a list. */
const mostItems = 1_000_000;

/** A text that is not too long. */
export function short(text: string): string {
  return text.length > longest ? notRun(`texts of more than ${longest} characters`) : text;
}

export function fewItems<Item>(items: readonly Item[]): readonly Item[] {
  return items.length > mostItems ? notRun(`arrays of more than ${mostItems} items`) : items;
}

export function checkCount(count: number) {
  if (count > mostItems) notRun(`arrays of more than ${mostItems} items`);
}
