import fc from 'fast-check';
import type { Access, Call, Expression, Segment, Template } from '../../src/expression/syntax.ts';

/** Trees as the parser gives them, for properties. Their offsets mean nothing. */
const nowhere = { start: 0, end: 0 };

/** Text rich in the characters that the language cares about. */
export const trickyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('@', '{', '}', "'", '@{', '@@', 'a', ' ') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
  )
  .map((pieces) => pieces.join(''));

const name = fc
  .oneof(
    fc.constantFrom('body', 'triggerBody', 'concat', 'variables'),
    fc.stringMatching(/^[a-zA-Z_$é/*"][a-zA-Z0-9_$é\-+"/]{0,8}$/),
  )
  .filter((each) => !/^(null|true|false)$/i.test(each) && !(each.startsWith('"') && each.endsWith('"')));

const number = fc.stringMatching(/^[+-]?[0-9]{1,20}(\.[0-9]{0,3})?([eE][+-]?[0-9]{1,2})?$/);

const { expression } = fc.letrec<{ expression: Expression; call: Call; access: Access }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    trickyText.map((value): Expression => ({ kind: 'string', value, ...nowhere })),
    number.map((text): Expression => ({ kind: 'number', text, ...nowhere })),
    fc.boolean().map((value): Expression => ({ kind: 'boolean', value, ...nowhere })),
    fc.constant<Expression>({ kind: 'null', ...nowhere }),
    tie('call'),
  ),
  call: fc.record({
    kind: fc.constant('call' as const),
    name,
    arguments: fc.array(tie('expression'), { maxLength: 3 }),
    accesses: fc.array(tie('access'), { maxLength: 3 }),
    start: fc.constant(0),
    end: fc.constant(0),
  }),
  access: fc.oneof(
    fc.tuple(fc.boolean(), name).map(([safe, value]): Access => {
      return { safe, notation: 'dot', key: { kind: 'string', value, ...nowhere }, ...nowhere };
    }),
    fc.tuple(fc.boolean(), tie('expression')).map(([safe, key]): Access => ({ safe, notation: 'bracket', key, ...nowhere })),
  ),
}));

/** Keeps what `TextSegment` promises: the parser never gives other segments. */
function areWritable(segments: readonly Segment[]): boolean {
  return (
    segments.some((segment) => segment.kind === 'expression') &&
    segments.every((segment, index) => {
      if (segment.kind === 'expression') return true;
      const next = segments[index + 1];
      const fitsBefore = index > 0 || !segment.text.startsWith('@');
      const fitsAfter = next === undefined || (next.kind === 'expression' && !segment.text.endsWith('@'));
      return segment.text !== '' && fitsBefore && fitsAfter;
    })
  );
}

const segment: fc.Arbitrary<Segment> = fc.oneof(
  trickyText.map((text): Segment => ({ kind: 'text', text, ...nowhere })),
  expression.map((each): Segment => ({ kind: 'expression', expression: each, ...nowhere })),
);

export const template: fc.Arbitrary<Template> = fc.oneof(
  trickyText.map((text): Template => ({ kind: 'literal', text, ...nowhere })),
  expression.map((each): Template => ({ kind: 'expression', expression: each, ...nowhere })),
  fc
    .array(segment, { minLength: 1, maxLength: 5 })
    .filter(areWritable)
    .map((segments): Template => ({ kind: 'interpolation', segments, ...nowhere })),
);
