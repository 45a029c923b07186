import { expect, it, test } from 'vitest';
import { nameProblem } from '../../src/document/file-name.ts';
import { unzip } from '../../src/document/unzip.ts';
import { zip } from '../../src/document/zip.ts';
import { rawZip } from './raw-zip.ts';

it.each([
  'CON',
  'nul',
  'aux.json',
  'a/Prn.tar.gz',
  'com1',
  'LPT9.txt',
  'com².json',
  'CONIN$',
  'nul .txt',
  'con:x',
  'a\\aux',
  'aux/b.json',
  'a./b.json',
  'a.json.',
  'a.json ',
  'a /b',
  'a.json:stream',
])('%j is no name on Windows', (path) => {
  expect(nameProblem(path)).toMatch(/Windows/);
});

it.each([
  'console.json',
  'null',
  'com10',
  'com',
  'lpt0.json',
  'auxiliary/a.json',
  'a.con',
  '.gitignore',
  '[Content_Types].xml',
  '../a/./b.json',
  'my flow.json',
  'größe 😀.json',
])('%j is one', (path) => {
  expect(nameProblem(path)).toBeUndefined();
});

test('no package is written with such a name, and none is read', async () => {
  expect(() => zip([{ path: 'Workflows/con.json', contents: '' }])).toThrow(
    'Workflows/con.json cannot be written: "con.json" is the name of a device on Windows. Choose another name.',
  );
  for (const name of ['aux.json', 'a/NUL/b.json', 'a. /b.json'])
    await expect(unzip(rawZip([{ name, contents: '{}' }]), { name: 'p.zip', wanted: () => true })).rejects.toThrow(/Windows/);
});
