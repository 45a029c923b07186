import type { Expression, Template } from '../../src/expression/syntax.ts';

/** The tree that the expression parser of Microsoft's designer gives, as far as we compare it; see the README of the corpus. */
export type DesignerTree =
  | { type: 'Literal' | 'StringLiteral' | 'NumberLiteral' | 'BooleanLiteral' | 'NullLiteral'; value: string }
  | { type: 'StringInterpolation'; segments: DesignerTree[] }
  | {
      type: 'Function';
      name: string;
      /** Offset after the call and its accesses, from the start of the segment's expression. */
      endPosition: number;
      arguments: DesignerTree[];
      dereferences: { isSafe: boolean; expression: DesignerTree }[];
    };

export interface DesignerVerdict {
  expression: string;
  ast?: DesignerTree;
  error?: { code: string };
}

/** Our tree in the designer's form. */
export function toDesignerTree(template: Template): DesignerTree {
  if (template.kind === 'literal') return { type: 'Literal', value: template.text };
  if (template.kind === 'expression') return fromExpression(template.expression, 1);
  const segments = template.segments.map((segment): DesignerTree => {
    if (segment.kind === 'text') return { type: 'StringLiteral', value: segment.text };
    return fromExpression(segment.expression, segment.start + '@{'.length);
  });
  return mergeTexts(segments);
}

function fromExpression(expression: Expression, base: number): DesignerTree {
  switch (expression.kind) {
    case 'string':
      return { type: 'StringLiteral', value: expression.value };
    case 'number':
      return { type: 'NumberLiteral', value: expression.text };
    case 'boolean':
      return { type: 'BooleanLiteral', value: String(expression.value) };
    case 'null':
      return { type: 'NullLiteral', value: 'null' };
    case 'call':
      return {
        type: 'Function',
        name: expression.name,
        endPosition: expression.end - base,
        arguments: expression.arguments.map((each) => fromExpression(each, base)),
        dereferences: expression.accesses.map(({ safe, key }) => ({ isSafe: safe, expression: fromExpression(key, base) })),
      };
  }
}

/** The designer's tree of `text` without what it says in two ways: `@@…` is a string to it, and `@@{` cuts a text in two. */
export function normalise(tree: DesignerTree, text: string): DesignerTree {
  if (tree.type === 'StringLiteral' && text.startsWith('@@')) return { type: 'Literal', value: tree.value };
  return tree.type === 'StringInterpolation' ? mergeTexts(tree.segments.map(comparable)) : comparable(tree);
}

function comparable(tree: DesignerTree): DesignerTree {
  if (tree.type === 'StringInterpolation') throw new Error('an interpolation inside an expression');
  if (tree.type !== 'Function')
    return {
      type: tree.type,
      value: tree.type === 'StringLiteral' || tree.type === 'Literal' ? tree.value : tree.value.toLowerCase(),
    };
  const { type, name, endPosition } = tree;
  const dereferences = tree.dereferences.map(({ isSafe, expression }) => ({ isSafe, expression: comparable(expression) }));
  return { type, name, endPosition, arguments: tree.arguments.map(comparable), dereferences };
}

function mergeTexts(segments: DesignerTree[]): DesignerTree {
  const merged: DesignerTree[] = [];
  for (const segment of segments) {
    const last = merged.at(-1);
    if (last?.type === 'StringLiteral' && segment.type === 'StringLiteral') {
      merged[merged.length - 1] = { type: 'StringLiteral', value: last.value + segment.value };
    } else {
      merged.push(segment);
    }
  }
  const [only] = merged;
  return merged.length === 1 && only?.type === 'StringLiteral'
    ? { type: 'Literal', value: only.value }
    : { type: 'StringInterpolation', segments: merged };
}
