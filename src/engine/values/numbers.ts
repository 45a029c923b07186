import { Big } from 'big.js';
import { refuse } from '../refusal.ts';
import { Float, type Numeric } from './value.ts';

const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

export function isNumeric(value: unknown): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float || value instanceof Big;
}

/** Whether a number was written as one with a fraction, or came of one. */
export function isFloat(value: unknown): value is number | Float {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

export function isWhole(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** A float of a number of JavaScript. Refuses what is no number, such as infinity. */
export function float(value: number): Numeric {
  if (!Number.isFinite(value)) refuse('The value is too large for a float.');
  return Number.isInteger(value) ? new Float(value) : value;
}

/** A whole number of 64 bits. Refuses larger ones. */
export function whole(value: bigint | number): number | bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const exact = BigInt(value);
  if (exact < least || exact > most) refuse('The value is too large or too small for an integer of 64 bits.');
  const short = Number(exact);
  return Number.isSafeInteger(short) ? short : exact;
}

export function toDouble(value: Numeric): number {
  return value instanceof Float ? value.value : Number(value);
}

/** A number as it is written in an expression or in JSON: `7` is whole, `7.0` and `7e0` are floats. Refuses what has more than 64 bits. */
export function readNumber(text: string): Numeric {
  return /[.e]/i.test(text) ? float(Number(text)) : whole(BigInt(text.replace(/^\+/, '')));
}

/** As the service writes it into a text: a float without a fraction keeps its point. */
export function numberText(value: Numeric): string {
  if (value instanceof Float) return floatText(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value).toString() : floatText(value);
  return value instanceof Big ? value.toFixed() : value.toString();
}

/** As Newtonsoft writes one: with an exponent from 18 digits before the point on, and where more than three zeros follow it. */
function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [, sign = '', first = '', rest = '', written] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const power = Number(written);
  if (power < -4 || power > 16) {
    const exponent = String(Math.abs(power)).padStart(2, '0');
    return `${sign}${first}${rest === '' ? '' : `.${rest}`}E${power < 0 ? '-' : '+'}${exponent}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Which of two numbers is larger: negative, zero, positive. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (isWhole(left) && isWhole(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (left instanceof Big || right instanceof Big) return big(left).cmp(big(right));
  return toDouble(left) - toDouble(right);
}

export function big(value: Numeric): Big {
  return value instanceof Big ? value : new Big(typeof value === 'bigint' ? value.toString() : toDouble(value));
}

type Operation = 'add' | 'sub' | 'mul' | 'div' | 'mod';

/** Whole where both are whole, a float where one is. Refuses a division by zero. */
export function calculate(operation: Operation, left: Numeric, right: Numeric): Numeric {
  if ((operation === 'div' || operation === 'mod') && toDouble(right) === 0) refuse('Attempt to divide by zero.');
  if (left instanceof Big || right instanceof Big) return ofBigs(operation, big(left), big(right));
  if (isWhole(left) && isWhole(right)) return ofWholes(operation, left, right);
  return float(ofDoubles(operation, toDouble(left), toDouble(right)));
}

function ofDoubles(operation: Operation, left: number, right: number): number {
  switch (operation) {
    case 'add':
      return left + right;
    case 'sub':
      return left - right;
    case 'mul':
      return left * right;
    case 'div':
      return left / right;
    case 'mod':
      return left % right;
  }
}

function ofWholes(operation: Operation, left: number | bigint, right: number | bigint): Numeric {
  if (typeof left === 'number' && typeof right === 'number') {
    const quick = ofDoubles(operation, left, right);
    const result = operation === 'div' ? Math.trunc(quick) : quick;
    if (Number.isSafeInteger(result)) return whole(result);
  }
  const [a, b] = [BigInt(left), BigInt(right)];
  switch (operation) {
    case 'add':
      return whole(a + b);
    case 'sub':
      return whole(a - b);
    case 'mul':
      return whole(a * b);
    case 'div':
      return whole(a / b);
    case 'mod':
      return whole(a % b);
  }
}

function ofBigs(operation: Operation, left: Big, right: Big): Big {
  switch (operation) {
    case 'add':
      return left.plus(right);
    case 'sub':
      return left.minus(right);
    case 'mul':
      return left.times(right);
    case 'div':
      return left.div(right);
    case 'mod':
      return left.mod(right);
  }
}
