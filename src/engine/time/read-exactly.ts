import { notRun, refuse } from '../refusal.ts';
import type { Culture } from '../values/culture.ts';
import { formatParts, patternOf } from './format.ts';
import type { Parts } from './instant.ts';

/** Reads a text in exactly one format of numbers and words of .NET: `ddMMyyyy`, `MM/dd/yyyy HH\h`. Refuses what does not fit. */
export function readExactly(text: string, format: string, culture: Culture): Parts & { readonly isUtc: boolean } {
  const found = { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0, isUtc: false };
  const fail = (): never => refuse(`The text '${text.slice(0, 60)}' is not written as '${format.slice(0, 60)}'.`);
  let at = 0;
  let isAfternoon: boolean | undefined;
  const number = (least: number, most: number): number => {
    const digits = new RegExp(`^\\d{${least},${most}}`).exec(text.slice(at))?.[0] ?? fail();
    at += digits.length;
    return Number(digits);
  };
  const word = (names: readonly string[]): number => {
    const rest = text.slice(at).toLowerCase();
    const [index, name] =
      [...names.entries()]
        .filter(([, one]) => one !== '' && rest.startsWith(one.toLowerCase()))
        .sort((a, b) => b[1].length - a[1].length)[0] ?? fail();
    at += name.length;
    return index;
  };
  const literal = (expected: string) => {
    if (!text.startsWith(expected, at)) fail();
    at += expected.length;
  };
  const standard = format.length === 1 ? patternOf(format) : undefined;
  for (const [whole, quoted, doubled, escaped, alone, letter] of (standard ?? format).matchAll(formatParts)) {
    const count = alone === undefined ? whole.length : 1;
    const [least, most] = count === 1 ? [1, 2] : [2, 2];
    const plain = quoted ?? doubled ?? escaped;
    if (plain !== undefined) {
      literal(plain);
      continue;
    }
    switch (alone ?? letter) {
      case 'd':
        if (count < 3) found.day = number(least, most);
        else word(count === 3 ? culture.shortDays : culture.days);
        break;
      case 'M':
        found.month = count < 3 ? number(least, most) : word(count === 3 ? culture.shortMonths : culture.months) + 1;
        break;
      case 'y':
        found.year = count < 3 ? 2000 + number(least, most) : number(count, 4);
        break;
      case 'H':
      case 'h':
        found.hour = number(least, most);
        break;
      case 'm':
        found.minute = number(least, most);
        break;
      case 's':
        found.second = number(least, most);
        break;
      case 'f':
        found.fraction = number(count, count) * 10 ** (7 - count);
        break;
      case 't':
        isAfternoon = word(count === 1 ? ['A', 'P'] : ['AM', 'PM']) === 1;
        break;
      case 'K':
        if (text.charAt(at).toUpperCase() === 'Z') {
          found.isUtc = true;
          at += 1;
        }
        break;
      case 'F':
      case 'g':
      case 'z':
        notRun(`the part ${whole} of a format that a time is read by`);
        break;
      default:
        literal(whole);
    }
  }
  if (at < text.length) fail();
  if (isAfternoon !== undefined) found.hour = (found.hour % 12) + (isAfternoon ? 12 : 0);
  return found;
}
