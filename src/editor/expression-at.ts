/** What is being written at the end of a piece of expression. */
export type ExpressionContext =
  /** The name of a function, of which some letters may stand there. */
  | { readonly kind: 'function'; readonly start: number }
  /** A string that is the only or first argument of a function so far; `start` is behind its quote. */
  | { readonly kind: 'argument'; readonly start: number; readonly callee: string }
  /** What is picked from a value, whose text goes from `valueStart` to `valueEnd`; `start` is behind the dot or the quote. */
  | {
      readonly kind: 'access';
      readonly start: number;
      readonly valueStart: number;
      readonly valueEnd: number;
      readonly notation: 'dot' | 'bracket';
    };

const beginsName = /[\p{L}_$]/u;
const inName = /[\p{L}\p{Nd}_$]/u;

/** A call or group whose end has not come. */
interface Open {
  readonly mark: '(' | '[';
  /** Of a call, the name; of a pick, empty. */
  readonly callee: string;
  /** Where the value before the mark begins. */
  readonly valueStart: number;
  readonly markAt: number;
  /** How many commas have come. */
  commas: number;
}

/**
 * What stands at the end of `text`, which is a string of a definition up to the place that is written at. Undefined where that is no
 * expression. Half an expression cannot be parsed, so this follows quotes and brackets alone.
 */
export function expressionAt(text: string): ExpressionContext | undefined {
  const from = beginningOf(text);
  if (from === undefined) return undefined;
  const open: Open[] = [];
  /** Where the value that has just ended begins; undefined after a mark that begins another. */
  let value: number | undefined;
  let at = from;
  while (at < text.length) {
    const mark = text.charAt(at);
    if (mark === "'") {
      const end = endOfString(text, at);
      if (end === undefined) return ofString(open.at(-1), at, text);
      value = at;
      at = end;
    } else if (beginsName.test(mark)) {
      const start = at;
      while (at < text.length && inName.test(text.charAt(at))) at++;
      const before = text.slice(from, start).trimEnd().at(-1);
      if (before === '.' && value !== undefined) {
        if (at === text.length) return ofDot(value, start, text);
        continue;
      }
      if (at === text.length) return { kind: 'function', start };
      value = start;
    } else if (mark === '(' || mark === '[') {
      const callee = mark === '(' ? (/[\p{L}\p{Nd}_$]+$/u.exec(text.slice(from, at))?.[0] ?? '') : '';
      open.push({ mark, callee, valueStart: value ?? at, markAt: at, commas: 0 });
      value = undefined;
      at++;
    } else if (mark === ')' || mark === ']') {
      value = open.pop()?.valueStart;
      at++;
    } else if (mark === ',') {
      const call = open.at(-1);
      if (call) call.commas++;
      value = undefined;
      at++;
    } else if (mark === '.' && value !== undefined) {
      at++;
      if (at === text.length) return ofDot(value, at, text);
    } else at++;
  }
  return value === undefined ? { kind: 'function', start: at } : undefined;
}

/** Where the expression begins that the end of a text stands in. */
function beginningOf(text: string): number | undefined {
  if (text.startsWith('@') && !text.startsWith('@@') && !text.startsWith('@{')) return 1;
  const opened = text.lastIndexOf('@{');
  if (opened === -1 || text[opened - 1] === '@') return undefined;
  let at = opened + 2;
  while (at < text.length) {
    if (text[at] === '}') return undefined;
    if (text[at] === "'") {
      const end = endOfString(text, at);
      if (end === undefined) break;
      at = end;
    } else at++;
  }
  return opened + 2;
}

/** Where the string that begins at a quote ends, behind its quote; a quote in it stands twice. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== "'") continue;
    if (text[at + 1] !== "'") return at + 1;
    at++;
  }
  return undefined;
}

function ofString(open: Open | undefined, quote: number, text: string): ExpressionContext | undefined {
  if (!open) return undefined;
  if (open.mark === '(') return open.commas === 0 ? { kind: 'argument', start: quote + 1, callee: open.callee } : undefined;
  const valueEnd = text[open.markAt - 1] === '?' ? open.markAt - 1 : open.markAt;
  return { kind: 'access', start: quote + 1, valueStart: open.valueStart, valueEnd, notation: 'bracket' };
}

function ofDot(valueStart: number, start: number, text: string): ExpressionContext {
  const dot = text.lastIndexOf('.', start);
  const valueEnd = text[dot - 1] === '?' ? dot - 1 : dot;
  return { kind: 'access', start, valueStart, valueEnd, notation: 'dot' };
}
