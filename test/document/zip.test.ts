import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unzip } from '../../src/document/unzip.ts';
import { zip } from '../../src/document/zip.ts';
import { emptyFolder } from '../cli/run.ts';
import { needsProgram } from '../programs.ts';

const files = [
  { path: 'manifest.json', contents: '{}' },
  { path: '[Content_Types].xml', contents: '\ufeff<Types/>' },
  { path: 'Workflows/größe 😀.json', contents: `"${'x'.repeat(100_000)}"` },
  { path: 'data', contents: new Uint8Array([0, 255, 1, 254]) },
  { path: 'empty', contents: '' },
];

test('unzip and Python read what is written, in its order', async (context) => {
  needsProgram(context, 'unzip', ['-v'], (output) => output.includes('UnZip'));
  needsProgram(context, 'python3', ['-c', 'import zipfile; print("yes")'], (output) => output.includes('yes'));
  const path = join(await emptyFolder(), 'a.zip');
  writeFileSync(path, zip(files));
  expect(execFileSync('unzip', ['-t', path], { encoding: 'utf8' })).toContain('No errors detected');
  const script = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, i.date_time, i.create_system, z.read(i).hex()] for i in z.infolist()]))`;
  const read = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }));
  expect(read).toEqual(
    files.map(({ path, contents }) => [path, [1980, 1, 1, 0, 0, 0], expect.any(Number), Buffer.from(contents).toString('hex')]),
  );
});

test('our own reader reads it too', async () => {
  const tree = await unzip(zip(files), { name: 'a.zip', wanted: () => true });
  expect(tree.paths.map((path) => [path, Buffer.from(tree.bytes(path) ?? []).toString('hex')])).toEqual(
    files.map(({ path, contents }) => [path, Buffer.from(contents).toString('hex')]),
  );
});
