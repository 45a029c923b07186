import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { placedInBicep } from '../../src/cli/check/bicep/places.ts';
import { checkFile } from '../../src/index.ts';
import { folderOf } from '../folder.ts';
import { certflow } from './run.ts';

const named = "resource w 'Microsoft.Logic/workflows@2019-05-01' = { name: 'w', properties: { definition: {} } }";

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
const template = JSON.stringify({
  actions: {
    Call: { type: 'Http', inputs: { uri: "https://a.example/it's" } },
    'Other one': { type: 'Compose', inputs: 'Call' },
    Twice: {},
  },
});

test.each([
  ['"Other one"', "'Other one'", 3],
  [`"https://a.example/it's"`, "'https://a.example/it\\'s'", 2],
  ['"Compose"', "'Compose'", 3],
])('%s is found again, as Bicep writes it', (words, expected, line) => {
  const finding = {
    rule: 'x',
    severity: 'info',
    category: 'style',
    docs: '',
    message: '',
    pointer: '',
    range: at(template, words),
  } as const;
  const { range } = placedInBicep(bicep, template)(finding);
  expect([bicep.slice(range?.start.offset, range?.end.offset), range?.start.line]).toEqual([expected, line]);
});

test.each(['"Twice"', '"Call"', '{"type"'])('%s, which stands there twice or is no text, has no place', (words) => {
  const finding = {
    rule: 'x',
    severity: 'info',
    category: 'style',
    docs: '',
    message: '',
    pointer: '',
    range: at(template, words),
  } as const;
  expect(placedInBicep(bicep, template)(finding)).not.toHaveProperty('range');
});

test('without a yes it is told what to do, by the library too', async () => {
  const path = join(folderOf({ 'main.bicep': named }), 'main.bicep');
  const { code, stderr } = await certflow('check', path);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/is Bicep.*"az bicep build --file main\.bicep".*add --bicep/s)]);
  await expect(checkFile(path)).rejects.toThrow('build it first ("az bicep build --file main.bicep")');
});

/** A program of this name that answers so, as the only one there is. */
function program(name: string, script: string) {
  const folder = folderOf({});
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  const before = process.env.PATH;
  process.env.PATH = folder;
  onTestFinished(() => {
    process.env.PATH = before;
  });
}

test.skipIf(process.platform === 'win32')('what the Bicep CLI refuses, and that there is none, is one sentence', async () => {
  const path = join(folderOf({ 'main.bicep': named }), 'main.bicep');
  program('nothing', 'exit 0');
  const none = await certflow('check', path, '--bicep');
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no Bicep CLI is found here (bicep, or az)')]);
  program('bicep', 'echo "main.bicep(1,2) : Error BCP018: Expected the \\":\\" character at this location." >&2; exit 1');
  const refused = await certflow('check', path, '--bicep');
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/cannot be built by bicep: main\.bicep\(1,2\) : Error BCP018/),
  ]);
  program('az', `echo '{"$schema":"x","resources":[]}'`);
  const empty = await certflow('check', path, '--bicep');
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('holds no workflow')]);
});
