import { expect, it, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { rowsOf } from '../../src/cli/rows.ts';
import { type Line, line, painted } from '../../src/diagnostics/line.ts';
import { show } from '../../src/diagnostics/show.ts';
import { folderOf } from '../folder.ts';
import { commandsOf } from './command-line.ts';

const shown = (words: Line, columns: number, paint?: (style: string, text: string) => string) =>
  show([words], { wrap: rowsOf(columns).wrap, ...(paint && { paint }) });

test.each([
  ['what fits stays on its row', 'as wide as it is', 16, ['as wide as it is']],
  ['words go on below the text', 'one two three', 8, ['one two', 'three']],
  ['the indent is kept', '  one two three', 8, ['  one', '  two', '  three']],
  ['text goes on beside its mark', '  help: say it another way', 20, ['  help: say it', '        another way']],
  ['a second mark counts too', '  path: 1. it is read there', 20, ['  path: 1. it is', '           read', '           there']],
  ['text goes on below a place', 'a.yaml:3:28: error: it is wrong', 24, ['a.yaml:3:28: error: it', '  is wrong']],
  ['the last column stays a column', 'created  a file with a name', 20, ['created  a file with', '         a name']],
  ['a column far right gets a row', '  a very long first one  second here', 26, ['  a very long first one', '      second here']],
  ['a long word stays whole', 'see https://a.example/123456789 there', 12, ['see', 'https://a.example/123456789', 'there']],
  ['a command stays whole', '  certflow deploy -e dev --run', 16, ['  certflow deploy -e dev --run']],
  ['so does one in quotes', 'run "certflow deploy -e dev", then look', 18, ['run', '"certflow deploy -e dev",', 'then look']],
  ['wide characters count twice', '証明書 証明書 証明書', 14, ['証明書 証明書', '証明書']],
  ['what joins nothing of its own stays one', 'cafe\u0301 cafe\u0301 x', 9, ['cafe\u0301 cafe\u0301', 'x']],
])('%s', (_, text, columns, rows) => {
  expect(shown(text, columns).split('\n')).toEqual(rows);
});

test('what is painted is painted on each of its rows, and nothing else is', () => {
  const words = [painted('error', 'one two'), ' three'];
  expect(shown(words, 5, (style, text) => `<${style}>${text}</>`)).toBe('<error>one</>\n<error>two</>\nthree');
});

test('what steers a terminal is escaped before it is measured', () => {
  expect(shown(line`a ${'\u001b[31mb'} c`, 12)).toBe('a\n\\u001b[31mb\nc');
});

/** What a command says to somebody who looks at a terminal of this width. */
async function said(columns: number, env: Record<string, string>, ...args: string[]): Promise<string> {
  let text = '';
  const sink = { write: (more: string) => (text += more), isTTY: true, columns };
  await main(args, { stdout: sink, stderr: sink, env });
  return text;
}

const widthOf = (text: string) => Math.max(...text.split('\n').map((row) => row.length));

it('says all commands within a screen', async () => {
  for (const columns of [80, 200]) {
    const text = await said(columns, {}, '--help');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
    expect(widthOf(text)).toBeLessThanOrEqual(80);
  }
});

test.each(commandsOf().map(({ path }) => path))('the help of certflow %s keeps to 80 columns', async (path) => {
  const text = await said(80, {}, ...path.split(' '), '--help');
  expect(text).toContain(`Usage: certflow ${path}`);
  // A command is never broken.
  const prose = text.split('\n').filter((row) => !/^ {2}certflow \S/.test(row));
  expect(widthOf(prose.join('\n'))).toBeLessThanOrEqual(80);
});

const broken = `${JSON.stringify({ $schema: './a.json', name: 'a', requests: [{ name: 'b', url: `https://a.example/${'long/'.repeat(8)}`, method: 'PEEK' }] })}\n`;

it('marks the place in a line that is wider than the terminal', async () => {
  const file = `${folderOf({ 'certflow.yaml': broken })}/certflow.yaml`;
  const text = await said(60, { NO_COLOR: '1' }, 'generate', file);
  const rows = text.split('\n');
  const at = rows.findIndex((row) => /^ +\| +\^~+$/.test(row) && rows[rows.indexOf(row) - 1]?.includes('PEEK'));
  const [source = '', marks = ''] = [rows[at - 1], rows[at]];
  expect(source.length).toBeLessThanOrEqual(60);
  expect(source.slice(marks.indexOf('^'), marks.indexOf('^') + 6)).toBe('"PEEK"');
});

it('paints for a terminal, and for nobody who asked not to', async () => {
  const file = `${folderOf({ 'certflow.yaml': broken })}/certflow.yaml`;
  expect(await said(80, {}, 'generate', file)).toContain('\u001b[');
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }])
    expect(await said(80, env, 'generate', file)).not.toContain('\u001b');
});
