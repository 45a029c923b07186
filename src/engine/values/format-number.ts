import { notRun, refuse } from '../refusal.ts';
import { type Culture, cultureOf } from './culture.ts';
import { isWhole, numberText, toDouble } from './numbers.ts';
import type { Numeric } from './value.ts';

/** Of the United States' money; of another country's nothing says which sign Windows puts where. */
const money = { sign: '$', digits: 2 } as const;

/** More digits are in no number of 64 bits. */
const mostDigits = 99;

/**
 * A number as text, in a standard format of .NET such as `C2` or a custom one such as `#,##0.00`. Refuses what is no format.
 * Source: docs/facts/engine.md#formats-of-numbers.
 */
export function formatNumber(value: Numeric, format: string, culture: Culture = cultureOf()): string {
  const standard = /^([a-zA-Z])(\d{0,2})$/.exec(format);
  if (!standard) return format === '' ? numberText(value) : custom(value, format, culture);
  const [, letter = '', count] = standard;
  const precision = count === '' ? undefined : Math.min(Number(count), mostDigits);
  const double = toDouble(value);
  switch (letter.toUpperCase()) {
    case 'N':
      return grouped(fixed(value, precision ?? 2), culture);
    case 'F':
      return localised(fixed(value, precision ?? 2), culture);
    case 'C':
      if (!culture.isDefault) notRun(`amounts of money in the culture ${culture.name}`, 'write the format out, such as #,##0.00');
      return amount(grouped(fixed(value, precision ?? money.digits), culture));
    case 'P':
      if (!culture.isDefault) notRun(`percentages in the culture ${culture.name}`, 'write the format out, such as 0.00%');
      return `${grouped(fixed(double * 100, precision ?? 2), culture)} %`;
    case 'D':
      if (!isWhole(value)) refuse(`The format '${format}' is of whole numbers only.`);
      return numberText(value).replace(/\d+/, (digits) => digits.padStart(precision ?? 0, '0'));
    case 'X':
      if (!isWhole(value)) refuse(`The format '${format}' is of whole numbers only.`);
      return hexadecimal(value, letter === 'X').padStart(precision ?? 0, '0');
    case 'E':
      return localised(exponential(double, precision ?? 6, letter), culture);
    case 'G':
    case 'R':
      if (precision) return localised(String(Number(double.toPrecision(precision))), culture);
      return localised(numberText(value).replace(/\.0$/, ''), culture);
    default:
      return refuse(`The format '${format}' of a number is not valid.`);
  }
}

/** Digits, a point, and as many digits after it; halves are rounded away from zero. */
function fixed(value: Numeric | number, digits: number): string {
  if (isWhole(value)) return numberText(value) + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const double = toDouble(value);
  const text = expanded(Math.abs(double));
  const [before = '0', after = ''] = text.split('.');
  const kept = BigInt(before + after.slice(0, digits).padEnd(digits, '0'));
  const rounded = (kept + (Number(after.charAt(digits) || 0) >= 5 ? 1n : 0n)).toString().padStart(digits + 1, '0');
  const at = rounded.length - digits;
  const result = digits > 0 ? `${rounded.slice(0, at)}.${rounded.slice(at)}` : rounded;
  return double < 0 && /[1-9]/.test(result) ? `-${result}` : result;
}

/** A number without its exponent. */
function expanded(value: number): string {
  const text = String(value);
  const found = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!found) return text;
  const [, first = '', rest = '', exponent] = found;
  const shift = Number(exponent);
  const digits = first + rest;
  if (shift < 0) return `0.${'0'.repeat(-shift - 1)}${digits}`;
  return digits.padEnd(shift + 1, '0');
}

function localised(text: string, culture: Culture): string {
  return text.replace('.', culture.decimal);
}

function grouped(text: string, culture: Culture): string {
  const [before = '', after] = text.split('.');
  const whole = before.replaceAll(/\B(?=(\d{3})+$)/g, culture.group);
  return after === undefined ? whole : whole + culture.decimal + after;
}

function amount(text: string): string {
  return text.startsWith('-') ? `(${money.sign}${text.slice(1)})` : money.sign + text;
}

function hexadecimal(value: number | bigint, isUpper: boolean): string {
  const bits = BigInt(value);
  const text = (bits < 0n ? BigInt.asUintN(64, bits) : bits).toString(16);
  return isUpper ? text.toUpperCase() : text;
}

function exponential(value: number, digits: number, letter: string): string {
  return value
    .toExponential(Math.min(digits, 100))
    .replace(/e([+-])(\d+)$/, (_, sign, exponent) => `${letter}${sign}${exponent.padStart(3, '0')}`);
}

/** A format such as `#,##0.00;(0)`: for positive numbers, and, where they are written, for negative ones and zero. */
function custom(value: Numeric, format: string, culture: Culture): string {
  const sections = split(format);
  const double = toDouble(value);
  const isOwn = double < 0 && sections[1] !== undefined && sections[1] !== '';
  const section = double === 0 ? (sections[2] ?? sections[0]) : isOwn ? sections[1] : sections[0];
  const size = isWhole(value) ? (value < 0 ? -BigInt(value) : BigInt(value)) : Math.abs(double);
  const text = inSection(size, section ?? '', culture);
  return double < 0 && !isOwn ? `-${text}` : text;
}

const token = /'[^']*'|"[^"]*"|\\.|[eE][+-]?0+|[\s\S]/g;

/** The sections of a format: `;` inside of quotes is text. */
function split(format: string): string[] {
  const sections = [''];
  for (const [part] of format.matchAll(token)) {
    if (part === ';') sections.push('');
    else sections[sections.length - 1] += part;
  }
  return sections;
}

function inSection(size: number | bigint, section: string, culture: Culture): string {
  const tokens = [...section.matchAll(token)].map(([part]) => part);
  if (tokens.some((part) => /^e[+-]?0+$/i.test(part))) notRun('exponents in a format of numbers that is written out');
  const isPlace = (part: string) => part === '0' || part === '#';
  const point = tokens.indexOf('.');
  const before = tokens.filter((part, index) => isPlace(part) && (point < 0 || index < point));
  const after = tokens.filter((part, index) => isPlace(part) && point >= 0 && index > point);
  const lastPlace = tokens.findLastIndex((part, index) => isPlace(part) && (point < 0 || index < point));
  const commas = tokens.flatMap((part, index) => (part === ',' && (point < 0 || index < point) ? [index] : []));
  const isGrouped = commas.some((index) => index < lastPlace && tokens.slice(0, index).some(isPlace));
  const thousands = commas.filter((index) => index > lastPlace).length;
  const factor =
    tokens.filter((part) => part === '%').length * 2 + tokens.filter((part) => part === '‰').length * 3 - thousands * 3;
  const scaled = factor === 0 ? size : Number(size) * 10 ** factor;
  const [whole = '0', fraction = ''] = fixed(scaled, after.length).split('.');
  const least = before.length - Math.max(0, before.indexOf('0') < 0 ? before.length : before.indexOf('0'));
  const digits = (whole === '0' ? '' : whole).padStart(least, '0');
  const shown = isGrouped ? digits.replaceAll(/\B(?=(\d{3})+$)/g, culture.group) : digits;
  const leastFraction = after.lastIndexOf('0') + 1;
  const shownFraction = fraction.slice(0, leastFraction) + fraction.slice(leastFraction).replace(/0+$/, '');
  return placed(tokens, point, shown, shownFraction === '' ? '' : culture.decimal + shownFraction);
}

/** Puts the digits where the first place stands, and keeps the text around; text between places is not done. */
function placed(tokens: readonly string[], point: number, whole: string, fraction: string): string {
  let text = '';
  let isWritten = false;
  const last = tokens.findLastIndex((part) => part === '0' || part === '#' || part === '.');
  for (const [index, part] of tokens.entries()) {
    if (part === '0' || part === '#' || (part === '.' && index === point)) {
      if (!isWritten) text += whole + fraction;
      isWritten = true;
    } else if (part === ',' || part === '.') continue;
    else if (isWritten && index < last) notRun('text between the digits of a format of numbers');
    else text += /^['"]/.test(part) ? part.slice(1, -1) : part.startsWith('\\') ? part.slice(1) : part;
  }
  return text;
}
