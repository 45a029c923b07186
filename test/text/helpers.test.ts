import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { helpers } from '../../src/text/helpers.ts';

test('Markdown: what would format, end a cell or begin a link is escaped; lines are joined', () => {
  expect(helpers.markdown('a|b *c* `d` [e](f) <g> & $h$ ~i~ #j\nk')).toBe(
    'a\\|b \\*c\\* \\`d\\` \\[e\\](f) \\<g\\> \\& \\$h\\$ \\~i\\~ \\#j k',
  );
});

test.each([
  ['plain', '`plain`'],
  ['a`b', '`` a`b ``'],
  ['``', '``` `` ```'],
  [' a', '`  a `'],
  ['a\nb', '`a b`'],
])('a code span of %j', (text, span) => {
  expect(helpers.code(text)).toBe(span);
});

test('YAML: what was written is what is read', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('true', 'null', '1.5', 'a: b', '- x', '#', "it's", 'no', '~', '')),
      (text) => {
        expect(parse(`{ k: ${helpers.yaml(text)}, l: 1 }`)).toEqual({ k: text, l: 1 });
      },
    ),
  );
});
