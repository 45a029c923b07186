import { Big } from 'big.js';
import { isWhole, toDouble } from './numbers.ts';
import type { Numeric } from './value.ts';

/** A number as its decimal digits: `12.5` is the digits 125, of which two stand before the point. Zero has none. */
export interface Digits {
  readonly isNegative: boolean;
  /** Without zeros at its ends. */
  readonly text: string;
  /** How many stand before the point; negative where zeros follow it. */
  readonly point: number;
  /** Whether a half is rounded to the even digit: so .NET rounds floats, whose digits are exact. */
  readonly toEven: boolean;
  /** Whether a zero keeps the sign of what was rounded to it: .NET's floats do. */
  readonly keepsSign: boolean;
}

/** All digits of a number; of a float those of its exact binary value, as .NET has them from 3.0 on. */
export function exactDigits(value: Numeric): Digits {
  if (value instanceof Big) return digitsOf(value.toFixed(), false);
  if (isWhole(value)) return digitsOf(BigInt(value).toString(), false);
  const double = toDouble(value);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(double));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const mantissa = (bits & ((1n << 52n) - 1n)) | (exponent > 0 ? 1n << 52n : 0n);
  const power = Math.max(exponent, 1) - 1075;
  const text = power < 0 ? (mantissa * 5n ** BigInt(-power)).toString() : (mantissa << BigInt(power)).toString();
  return trimmed(Object.is(double, -0) || double < 0, text, text.length + Math.min(power, 0), true);
}

/** The fewest digits that are read as the same float again; all digits of another number. */
export function shortestDigits(value: Numeric): Digits {
  if (value instanceof Big || isWhole(value)) return exactDigits(value);
  const double = toDouble(value);
  const [, first = '', rest = '', exponent] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(Math.abs(double).toExponential()) ?? [];
  return trimmed(Object.is(double, -0) || double < 0, first + rest, Number(exponent) + 1, true);
}

/** Cut to so many digits, the last one rounded. */
export function rounded(number: Digits, count: number): Digits {
  const { text, point, isNegative, toEven, keepsSign } = number;
  if (count >= text.length) return number;
  const kept = text.slice(0, Math.max(count, 0));
  const next = count < 0 ? 0 : Number(text.charAt(count));
  const isHalf = next === 5 && count + 1 === text.length;
  const isOdd = Number(kept.at(-1) ?? 0) % 2 === 1;
  const isUp = count >= 0 && (isHalf && toEven ? isOdd : next >= 5);
  const raised = isUp ? (BigInt(kept || 0) + 1n).toString().padStart(kept.length, '0') : kept;
  const grown = raised.length - kept.length;
  const result = trimmed(isNegative, raised, point + grown, toEven, keepsSign);
  return result.text === '' && !keepsSign ? { ...result, isNegative: false } : result;
}

/** So many digits of the number, counted from the point, zeros where it has none. */
export function between({ text, point }: Digits, from: number, to: number): string {
  const inside = text.slice(Math.max(from + point, 0), Math.max(to + point, 0));
  const before = Math.max(0, Math.min(-(from + point), to - from));
  return (`0`.repeat(before) + inside).padEnd(to - from, '0');
}

function digitsOf(written: string, toEven: boolean): Digits {
  const [before = '', after = ''] = written.replace('-', '').split('.');
  return trimmed(written.startsWith('-'), before + after, before.length, toEven);
}

function trimmed(isNegative: boolean, text: string, point: number, toEven: boolean, keepsSign = toEven): Digits {
  const start = /[1-9]/.exec(text)?.index;
  if (start === undefined) return { isNegative, text: '', point: 0, toEven, keepsSign };
  return { isNegative, text: text.slice(start).replace(/0+$/, ''), point: point - start, toEven, keepsSign };
}
