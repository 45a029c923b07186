import { expect, test } from 'vitest';
import { placedInSource } from '../../src/library/placed-in-source.ts';

/** A place in a text: from its first words on. */
function at(text: string, words: string) {
  const start = text.indexOf(words);
  const position = (offset: number) => ({ offset, line: 1, column: offset + 1 });
  return { start: position(start), end: position(start + words.length) };
}

const bicep = `actions: {
  Call: { type: 'Http', inputs: { uri: 'https://a.example/it\\'s' } }
  'Other one': { type: 'Compose', inputs: 'Call' }
  Twice: { Twice: 1 }
}`;
const source = { language: 'bicep', files: [{ file: 'main.bicep', text: bicep }] } as const;
const template = JSON.stringify({
  actions: {
    Call: { type: 'Http', inputs: { uri: "https://a.example/it's" } },
    'Other one': { type: 'Compose', inputs: 'Call' },
    Twice: {},
  },
});

/** A finding at the place of some words in the template. */
const findingAt = (words: string) =>
  ({ rule: 'x', severity: 'info', category: 'style', docs: '', message: '', pointer: '', range: at(template, words) }) as const;

test.each([
  ['"Other one"', "'Other one'", 3],
  [`"https://a.example/it's"`, "'https://a.example/it\\'s'", 2],
  ['"Compose"', "'Compose'", 3],
])('%s is found again, as Bicep writes it', (words, expected, line) => {
  const { file, range } = placedInSource(source, template)(findingAt(words));
  expect([file, bicep.slice(range?.start.offset, range?.end.offset), range?.start.line]).toEqual(['main.bicep', expected, line]);
});

test.each(['"Twice"', '"Call"', '{"type"'])('%s, which stands there twice or is no text, has no place', (words) => {
  expect(placedInSource(source, template)(findingAt(words))).not.toHaveProperty('range');
});
