import type { Culture } from './culture.ts';
import { type Digits, exactDigits, rounded } from './digits.ts';
import type { Numeric } from './value.ts';

/** A float has so many digits in a format that is written out: .NET forgets the others. */
const digitsOfFloat = 15;

/** A part of a format: a place for a digit, a sign of its own meaning, or text. */
type Part =
  | { readonly kind: 'zero' | 'digit' | 'point' | 'comma' | 'percent' | 'permille' }
  | { readonly kind: 'exponent'; readonly letter: string; readonly sign: string; readonly least: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

const signs: Readonly<Record<string, Exclude<Part['kind'], 'exponent' | 'text'>>> = {
  '0': 'zero',
  '#': 'digit',
  '.': 'point',
  ',': 'comma',
  '%': 'percent',
  '‰': 'permille',
};

/**
 * A number in a format that is written out, such as `#,##0.00;(0)`: a section for positive numbers and, where they are written, one
 * for negative ones and one for zero. Whatever has no meaning is text. Source: docs/facts/engine.md#formats-of-numbers.
 */
export function formatByPicture(value: Numeric, format: string, culture: Culture): string {
  const exact = exactDigits(value);
  const number = exact.keepsSign ? rounded(exact, digitsOfFloat) : exact;
  const sections = sectionsOf(format);
  const own = (index: number) => (sections[index]?.length ? index : 0);
  const first = own(number.text === '' ? 2 : number.isNegative ? 1 : 0);
  const picture = pictureOf(sections[first] ?? []);
  const shown = fitted(number, picture);
  // What is rounded to zero is written as zero.
  const second = number.text !== '' && shown.text === '' ? own(2) : first;
  if (second === first) return drawn(shown, picture, first === 0, culture);
  const ofZero = pictureOf(sections[second] ?? []);
  return drawn(fitted(shown, ofZero), ofZero, second === 0, culture);
}

/** Quoted text, an escaped character, an exponent, any other character; a quote that is not closed goes to the end. */
const token = /'([^']*)(?:'|$)|"([^"]*)(?:"|$)|\\([\s\S]?)|([eE])([+-]?)(0+)|[\s\S]/gu;

function sectionsOf(format: string): Part[][] {
  const sections: Part[][] = [[]];
  for (const [found, single, double, escaped, letter, sign = '', zeros = ''] of format.matchAll(token)) {
    const here = sections.at(-1);
    const text = single ?? double ?? escaped;
    const kind = signs[found];
    if (text !== undefined) here?.push({ kind: 'text', text });
    else if (letter !== undefined) here?.push({ kind: 'exponent', letter, sign, least: zeros.length, text: found });
    else if (kind) here?.push({ kind });
    else if (found === ';') sections.push([]);
    else here?.push({ kind: 'text', text: found });
  }
  return sections;
}

/** What a section says of the digits. */
interface Picture {
  readonly parts: readonly Part[];
  /** Places before and after the point. */
  readonly before: number;
  readonly after: number;
  /** Digits that are written even where they are zeros, before and after the point. */
  readonly leastBefore: number;
  readonly leastAfter: number;
  readonly isGrouped: boolean;
  readonly isScientific: boolean;
  /** By how many powers of ten the number is larger in the text. */
  readonly shift: number;
}

function pictureOf(parts: readonly Part[]): Picture {
  const isPlace = ({ kind }: Part) => kind === 'zero' || kind === 'digit';
  const point = parts.findIndex(({ kind }) => kind === 'point');
  const end = point < 0 ? parts.length : point;
  const before = parts.slice(0, end).filter(isPlace);
  const after = parts.slice(end).filter(isPlace);
  // Commas right after the last place divide by a thousand; any other one behind a place asks for groups.
  const lastPlace = parts.slice(0, end).findLastIndex(isPlace);
  const firstPlace = parts.findIndex(isPlace);
  const commas = parts.flatMap(({ kind }, index) => (kind === 'comma' && index > firstPlace && index < end ? [index] : []));
  const dividing = lastPlace < 0 ? [] : commas.filter((index) => index > lastPlace);
  const count = (wanted: Part['kind']) => parts.filter(({ kind }) => kind === wanted).length;
  const firstZero = before.findIndex(({ kind }) => kind === 'zero');
  return {
    parts,
    before: before.length,
    after: after.length,
    leastBefore: firstZero < 0 ? 0 : before.length - firstZero,
    leastAfter: after.findLastIndex(({ kind }) => kind === 'zero') + 1,
    isGrouped: commas.length > dividing.length,
    isScientific: count('exponent') > 0,
    shift: 2 * count('percent') + 3 * count('permille') - 3 * dividing.length,
  };
}

/** The number as large as it is in the text, and with as many digits. */
function fitted(number: Digits, { before, after, shift, isScientific }: Picture): Digits {
  if (number.text === '') return number;
  const moved = { ...number, point: number.point + shift, toEven: false };
  return rounded(moved, isScientific ? before + after : moved.point + after);
}

function drawn(number: Digits, picture: Picture, isFirst: boolean, culture: Culture): string {
  const { parts, isScientific, isGrouped, leastBefore } = picture;
  // With an exponent the digits begin at the first place, whatever they are worth.
  const point = isScientific ? picture.before : number.point;
  const whole = wholeDigits(number.text, point, isScientific ? picture.before : leastBefore);
  const fraction = fractionDigits(number.text, point, picture);
  const places = { whole, fraction, isGrouped, group: culture.group, decimal: culture.decimal };
  const text = placed(parts, places, picture, isScientific ? exponentOf(number, picture) : undefined);
  const isShown = number.text !== '' || text !== '';
  return number.isNegative && isFirst && isShown ? `-${text}` : text;
}

function wholeDigits(text: string, point: number, least: number): string {
  const digits = point <= 0 ? '' : text.slice(0, point).padEnd(point, '0');
  return (text === '' ? '' : digits).padStart(least, '0');
}

function fractionDigits(text: string, point: number, { leastAfter }: Picture): string {
  const digits = point < 0 ? '0'.repeat(-point) + text : text.slice(point);
  return (text === '' ? '' : digits).padEnd(leastAfter, '0');
}

function exponentOf({ text, point }: Digits, { before }: Picture): number {
  return text === '' ? 0 : point - before;
}

interface Places {
  readonly whole: string;
  readonly fraction: string;
  readonly isGrouped: boolean;
  readonly group: string;
  readonly decimal: string;
}

/** Puts digits into places: those that are more than the places stand in the first one. */
function placed(parts: readonly Part[], given: Places, { before }: Picture, exponent: number | undefined): string {
  const { whole, fraction, isGrouped, group, decimal } = given;
  let text = '';
  /** Digits of the whole number that are still to be written. */
  let left = whole.length;
  let place = before;
  let behind = 0;
  let isPastPoint = false;
  let power = exponent;
  const writeDown = (to: number) => {
    for (; left > to; left--) {
      text += whole.charAt(whole.length - left);
      if (isGrouped && left > 1 && (left - 1) % 3 === 0) text += group;
    }
  };
  for (const part of parts) {
    switch (part.kind) {
      case 'zero':
      case 'digit':
        if (isPastPoint) text += fraction.charAt(behind++);
        else writeDown(--place);
        break;
      case 'point':
        if (isPastPoint) break;
        writeDown(0);
        isPastPoint = true;
        if (fraction !== '') text += decimal;
        break;
      case 'comma':
        break;
      case 'percent':
        text += '%';
        break;
      case 'permille':
        text += '‰';
        break;
      case 'exponent':
        if (power === undefined) text += part.text;
        else text += part.letter + exponentText(power, part.sign === '+', part.least);
        power = undefined;
        break;
      case 'text':
        text += part.text;
    }
  }
  return text;
}

function exponentText(power: number, isSigned: boolean, least: number): string {
  return (power < 0 ? '-' : isSigned ? '+' : '') + String(Math.abs(power)).padStart(Math.min(least, 10), '0');
}
