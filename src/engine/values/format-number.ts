import { notRun, refuse } from '../refusal.ts';
import { type Culture, cultureOf } from './culture.ts';
import { between, type Digits, exactDigits, rounded, shortestDigits } from './digits.ts';
import { formatByPicture } from './format-by-picture.ts';
import { isWhole } from './numbers.ts';
import type { Numeric } from './value.ts';

/** Of the United States' money; of another country's nothing says which sign Windows puts where. */
const money = { sign: '$', digits: 2 } as const;

/** More digits after the point are in no double. */
const mostDigits = 1100;

/**
 * A number as text, in a standard format of .NET such as `C2` or a custom one such as `#,##0.00`. Refuses what is no format.
 * Source: docs/facts/engine.md#formats-of-numbers.
 */
export function formatNumber(value: Numeric, format: string, culture: Culture = cultureOf()): string {
  const standard = /^([a-zA-Z])(\d{0,9})$/.exec(format);
  if (!standard) return format === '' ? general(value, undefined, 'E', culture) : formatByPicture(value, format, culture);
  const [, letter = '', written = ''] = standard;
  const precision = written === '' ? undefined : Number(written);
  if (precision !== undefined && precision > mostDigits) notRun(`formats of more than ${mostDigits} digits`);
  switch (letter.toUpperCase()) {
    case 'N':
      return signed(exactDigits(value), precision ?? 2, culture, true);
    case 'F':
      return signed(exactDigits(value), precision ?? 2, culture, false);
    case 'C':
      if (!culture.isDefault) notRun(`amounts of money in the culture ${culture.name}`, 'write the format out, such as #,##0.00');
      return amount(signed(exactDigits(value), precision ?? money.digits, culture, true));
    case 'P':
      if (!culture.isDefault) notRun(`percentages in the culture ${culture.name}`, 'write the format out, such as 0.00%');
      return `${signed(inPercent(exactDigits(value)), precision ?? 2, culture, true)} %`;
    case 'D':
      return wholeIn(value, format)
        .toString()
        .replace(/\d+/, (digits) => digits.padStart(precision ?? 0, '0'));
    case 'X': {
      const text = bitsOf(wholeIn(value, format))
        .toString(16)
        .padStart(precision ?? 0, '0');
      return letter === 'X' ? text.toUpperCase() : text;
    }
    case 'B':
      return bitsOf(wholeIn(value, format))
        .toString(2)
        .padStart(precision ?? 0, '0');
    case 'E':
      return exponential(rounded(exactDigits(value), (precision ?? 6) + 1), precision ?? 6, letter, 3, culture);
    case 'G':
      return general(value, precision || undefined, letter === 'G' ? 'E' : 'e', culture);
    case 'R':
      return general(value, undefined, letter === 'R' ? 'E' : 'e', culture);
    default:
      return refuse(`The format '${format}' of a number is not valid.`);
  }
}

function wholeIn(value: Numeric, format: string): bigint {
  return isWhole(value) ? BigInt(value) : refuse(`The format '${format}' is of whole numbers only.`);
}

/** Of a negative number the bits of the 64 that it is kept in. */
function bitsOf(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function inPercent(number: Digits): Digits {
  return number.text === '' ? number : { ...number, point: number.point + 2 };
}

/** With so many digits after the point, a sign where it is negative, and groups of three where they are wanted. */
function signed(exact: Digits, decimals: number, culture: Culture, isGrouped: boolean): string {
  const number = rounded(exact, exact.point + decimals);
  const before = number.point > 0 ? between(number, -number.point, 0) : '0';
  const whole = isGrouped ? before.replaceAll(/\B(?=(\d{3})+$)/g, culture.group) : before;
  const after = decimals > 0 ? culture.decimal + between(number, 0, decimals) : '';
  return (number.isNegative ? '-' : '') + whole + after;
}

function amount(text: string): string {
  return text.startsWith('-') ? `(${money.sign}${text.slice(1)})` : money.sign + text;
}

function exponential(
  { isNegative, text, point }: Digits,
  decimals: number,
  letter: string,
  least: number,
  culture: Culture,
): string {
  const digits = text.padEnd(decimals + 1, '0');
  const power = text === '' ? 0 : point - 1;
  const fraction = decimals > 0 ? culture.decimal + digits.slice(1) : '';
  const exponent = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(least, '0')}`;
  return `${isNegative ? '-' : ''}${digits.charAt(0)}${fraction}${letter}${exponent}`;
}

/** A float without a precision has so many digits before its point, or an exponent. */
const usualDigits = 17;

/** The shorter of a number with and without an exponent, as .NET's format G has it. */
function general(value: Numeric, precision: number | undefined, letter: string, culture: Culture): string {
  const number = precision === undefined ? shortestDigits(value) : rounded(exactDigits(value), precision);
  const { isNegative, text, point } = number;
  const most = precision ?? (number.keepsSign ? usualDigits : Number.POSITIVE_INFINITY);
  if (point > most || point < -3) return exponential(number, Math.max(text.length - 1, 0), letter, 2, culture);
  const before = point > 0 ? between(number, -point, 0) : '0';
  const after = text.length > point ? culture.decimal + between(number, 0, text.length - point) : '';
  return (isNegative ? '-' : '') + before + (text === '' ? '' : after);
}
