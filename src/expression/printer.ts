import type { Access, Expression, Segment, Template } from './syntax.ts';

/** The string whose reading is `template`: `parseTemplate` gives back the same tree, offsets aside. */
export function printTemplate(template: Template): string {
  switch (template.kind) {
    case 'literal':
      return template.text.startsWith('@') ? `@${template.text}` : printText(template.text);
    case 'expression':
      return `@${printExpression(template.expression)}`;
    case 'interpolation':
      return template.segments.map(printSegment).join('');
  }
}

function printSegment(segment: Segment): string {
  return segment.kind === 'text' ? printText(segment.text) : `@{${printExpression(segment.expression)}}`;
}

function printText(text: string): string {
  return text.replaceAll('@{', '@@{');
}

/** One expression as it stands after the `@`, or between `@{` and `}`. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'string':
      return `'${expression.value.replaceAll("'", "''")}'`;
    case 'number':
      return expression.text;
    case 'boolean':
      return String(expression.value);
    case 'null':
      return 'null';
    case 'call':
      return `${expression.name}(${expression.arguments.map(printExpression).join(', ')})${expression.accesses.map(printAccess).join('')}`;
  }
}

function printAccess({ safe, notation, key }: Access): string {
  const mark = safe ? '?' : '';
  return notation === 'dot' && key.kind === 'string' ? `${mark}.${key.value}` : `${mark}[${printExpression(key)}]`;
}
