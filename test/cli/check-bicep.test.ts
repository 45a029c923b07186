import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkFile } from '../../src/index.ts';
import { folderOf } from '../folder.ts';
import { certflow } from './run.ts';

const named = "resource w 'Microsoft.Logic/workflows@2019-05-01' = { name: 'w', properties: { definition: {} } }";

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
