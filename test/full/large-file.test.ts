import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderOf, plainDefinition } from '../folder.ts';

const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const rows = Array.from({ length: 160_000 }, (_, id) => ({
  id,
  text: `some text that stands here and is no secret at all, in row ${id}`,
}));

/** Checks a file of 16 MB in a process that gets so much memory for objects; MiB. */
function checkedWithin(memory: number, inputs: string) {
  const actions = {
    Rows: { type: 'Compose', inputs: rows, runAfter: {} },
    Use: { type: 'Compose', inputs, runAfter: { Rows: ['Succeeded'] } },
  };
  const file = join(folderOf({}), 'a.json');
  writeFileSync(file, JSON.stringify({ ...plainDefinition, actions }));
  const { status, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${memory}`, bin, 'check', file, '--json'], {
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('to find the place of a finding takes little more memory than the file itself', () => {
  expect(checkedWithin(160, 'x')).toEqual({ status: 0, stderr: '' });
  expect(checkedWithin(160, "@body('Gone')")).toEqual({ status: 1, stderr: '' });
});
