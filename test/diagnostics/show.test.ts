import { expect, it, test } from 'vitest';
import { line, painted } from '../../src/diagnostics/line.ts';
import { cutKnown, show, showJson, showPath, showValue } from '../../src/diagnostics/show.ts';

it.each([
  ['an escape sequence', '\u001b[8mx\u009b2J', '\\u001b[8mx\\u009b2J'],
  ['a carriage return', 'a\rb', 'a\\rb'],
  ['ends of lines of Unicode', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
  ['marks of direction', '\u202eabc\u2066\u200f\u061c', '\\u202eabc\\u2066\\u200f\\u061c'],
  ['a command to Azure Pipelines', 'x ##vso[task.prependpath]y', 'x \\u0023#vso[task.prependpath]y'],
  ['one in capitals', '##VSO[x]', '\\u0023#VSO[x]'],
  ['one with joiners in it', '#\u200d#v\u200cso[x]', '\\u0023\u200d#v\u200cso[x]'],
  ['what is not seen', 'a\u00ad\u200b\ufeff\u{e0041}b', 'a\\u00ad\\u200b\\ufeff\\udb40\\udc41b'],
  ["a command to GitHub's runner", '##[add-mask]y', '\\u0023#[add-mask]y'],
])('escapes %s', (_, value, shown) => {
  expect(show([value])).toBe(shown);
  expect(show([[painted('strong', value)]])).toBe(shown);
});

it('keeps what people write', () => {
  const text = 'Größe «ü» 日本語 👩‍🚀\ttab: ## a heading, a::b, [x]';
  expect(show(text)).toBe(text);
});

it('lets no line begin as a command, behind spaces and paint neither, whichever part has it', () => {
  expect(show('a\n  ::add-mask::x\n::y')).toBe('a\n  \\u003a:add-mask::x\n\\u003a:y');
  expect(show([[painted('strong', '  '), painted('faint', ':'), ':x']])).toBe('  \\u003a:x');
  expect(show([['a', '::x']])).toBe('a::x');
});

it('keeps a value on its line', () => {
  expect(show([`there is no "a\n::add-mask::b\r\nc"`, 'next'])).toBe('there is no "a\\n::add-mask::b\\r\\nc"\nnext');
});

it('paints what was said to be painted, and nothing that a value says', () => {
  const paint = (style: string, text: string) => `<${style}>${text}</>`;
  expect(show([[painted('error', 'error'), ': \u001b[31mred']], { paint })).toBe('<error>error</>: \\u001b[31mred');
});

it('hides before it cuts, over lines too', () => {
  const jwt = `eyJ${'a'.repeat(190)}.eyJ${'b'.repeat(30)}.${'c'.repeat(30)}`;
  expect(show(`token ${jwt}`)).toMatch(/^token \*{200}…$/);
  expect(show('a\n-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----')).toMatch(/^a\n\*+\n\*+\n\*+$/);
  expect(show('see https://user:hunter2@host/x?sig=abcdefghijklmnopqrstuv')).toBe(
    'see https://user:*******@host/x?sig=**********************',
  );
});

it('hides a secret that words stand right before, as in the name of a file that is made of others', () => {
  const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
  expect(showPath(`.github/deploy-${jwt}.yml`)).toBe(`.github/deploy-${'*'.repeat(jwt.length)}.yml`);
  expect(showValue(`a_eyJeyJ_${jwt}`)).toBe(`a_${'*'.repeat(jwt.length + 7)}`);
  const key = `MIIKAgIBAz${'a'.repeat(120)}`;
  expect(showValue(`key_${key}`)).toBe(`key_${'*'.repeat(key.length)}`);
});

it('hides known secrets in every part', () => {
  const redact = (text: string) => text.replaceAll('hunter2', '[hidden]');
  expect(show([[painted('strong', 'hunter2'), ' hunter2']], { redact })).toBe('[hidden] [hidden]');
});

it.each([
  ['without spaces', 'x'.repeat(300), `${'x'.repeat(200)}…`],
  ['between quotes', `no action "${'a b '.repeat(100)}" here`, `no action "${'a b '.repeat(50)}…" here`],
  ['in characters, not their halves', '👍'.repeat(300), `${'👍'.repeat(200)}…`],
])('cuts a long value %s', (_, value, shown) => {
  expect(showValue(value)).toBe(shown);
});

test('a value that a line names is one, whatever stands in it', () => {
  const name = 'a "b"\n::c `d` '.repeat(100);
  const shown = show([line`  + ${'Logic App'} ${name}  will be made`, line`${7}: ${'::x'}`, line`${'##vso[x]'}`]);
  expect(shown.split('\n')).toEqual([
    `  + Logic App ${name.slice(0, 200).replaceAll('\n', '\\n')}…  will be made`,
    '7: ::x',
    '\\u0023#vso[x]',
  ]);
  expect(show([line`${'::add-mask::x'}`])).toBe('\\u003a:add-mask::x');
  expect(show([line`a ${'hunter2'} b`], { redact: (text) => text.replace('hunter2', '***') })).toBe('a *** b');
});

test('a long text of short words is not cut, nor a value of 200', () => {
  const text = 'a word and '.repeat(100);
  expect(showValue(text)).toBe(text);
  expect(showValue('x'.repeat(200))).toBe('x'.repeat(200));
});

test('a value that is known as data is cut, whatever stands in it', () => {
  const name = 'a "b" '.repeat(100);
  const shown = cutKnown(`there is no action ${name}, and that is all`, { found: name });
  expect(shown).toBe(`there is no action ${name.slice(0, 200)}…, and that is all`);
});

test('JSON keeps its values, and has none of the characters', () => {
  const value = { 'a\u202e': ['\u009b##vso[x]', '\\##[y]', '\u2028\u007f', 'plain'] };
  const text = showJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).not.toMatch(/##(vso)?\[/);
  expect(text.split('\n')).toHaveLength(8);
});
