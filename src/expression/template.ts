import { parseExpression } from './parser.ts';
import type { Segment, Template } from './syntax.ts';

/**
 * Whether `text` holds an expression, or something that is meant as one and does not parse. Cheap: most strings of a workflow do not.
 * A string that starts with `@@` is text to its end, and so is a lone `@`.
 */
export function isTemplate(text: string): boolean {
  if (text.charCodeAt(0) === AT) return text.length > 1 && text.charCodeAt(1) !== AT;
  return nextInterpolation(text, 0) !== -1;
}

/**
 * What one string of the workflow definition language means. Offsets in the tree are those of `text`.
 * Throws ExpressionSyntaxError when `text` holds an expression that the grammar refuses.
 * Source: docs/facts/definitions.md#expressions.
 */
export function parseTemplate(text: string): Template {
  const whole = { start: 0, end: text.length };
  if (!isTemplate(text)) return { kind: 'literal', text: unescapeWhole(text), ...whole };
  if (text.charCodeAt(0) === AT && text.charCodeAt(1) !== BRACE) {
    return { kind: 'expression', expression: parseExpression(text, 1, 'end').expression, ...whole };
  }
  return { kind: 'interpolation', segments: parseSegments(text), ...whole };
}

const AT = 0x40;
const BRACE = 0x7b;

function parseSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  while (end < text.length) {
    const next = nextInterpolation(text, end);
    const start = next === -1 ? text.length : next;
    if (start > end) segments.push({ kind: 'text', text: unescapeText(text.slice(end, start)), start: end, end: start });
    if (next === -1) break;
    const { expression, closedAt } = parseExpression(text, start + 2, '}');
    segments.push({ kind: 'expression', expression, start, end: closedAt });
    end = closedAt;
  }
  return segments;
}

/** Where the next `@{` that opens an expression stands at or after `from`; -1 when none does. After another `@` it is text. */
function nextInterpolation(text: string, from: number): number {
  let at = text.indexOf('@{', from);
  while (at > from && text.charCodeAt(at - 1) === AT) at = text.indexOf('@{', at + 2);
  return at;
}

function unescapeWhole(text: string): string {
  return text.startsWith('@@') ? text.slice(1) : unescapeText(text);
}

/** In text, `@@{` stands for `@{`. */
function unescapeText(text: string): string {
  return text.includes('@@{') ? text.replaceAll('@@{', '@{') : text;
}
