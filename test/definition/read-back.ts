import type { Expression } from '../../src/expression/syntax.ts';
import { parseTemplate } from '../../src/expression/template.ts';

/** What the service makes of a value in a definition that holds no call: every string read, every key unescaped. */
export function readBack(value: unknown): unknown {
  if (typeof value === 'string') return readText(value);
  if (Array.isArray(value)) return value.map(readBack);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.startsWith('@@') ? key.slice(1) : key, readBack(member)]),
  );
}

function readText(text: string): string {
  const template = parseTemplate(text);
  if (template.kind === 'literal') return template.text;
  if (template.kind === 'expression') return literal(template.expression);
  return template.segments.map((segment) => (segment.kind === 'text' ? segment.text : literal(segment.expression))).join('');
}

function literal(expression: Expression): string {
  if (expression.kind !== 'string') throw new Error(`not a literal but a ${expression.kind}`);
  return expression.value;
}
