import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { certflow } from './cli/run.ts';
import { folderOf } from './folder.ts';

const action = parse(readFileSync(fileURLToPath(new URL('../action.yml', import.meta.url)), 'utf8'));
const checking: string = action.runs.steps.find(({ name }: { name: string }) => name === 'Check').run;

test.skipIf(process.platform === 'win32')('the action takes a path that begins with "-" for a path', async () => {
  const folder = folderOf({
    'bin/certflow': `#!/usr/bin/env bash\nprintf '%s\\n' "$@" "" >> '$PWD/calls'\n`.replace('$PWD/', ''),
  });
  chmodSync(join(folder, 'bin', 'certflow'), 0o755);
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    CHECKED: '--fix\na b.json\n',
    FAIL_ON: 'error',
    SARIF: 'out.sarif',
  };
  const { status, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', checking], { cwd: folder, encoding: 'utf8', env });
  expect([status, stderr]).toEqual([0, '']);
  const calls = readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n\n')
    .map((call) => call.split('\n'));
  expect(calls).toHaveLength(2);
  for (const call of calls) expect(call.slice(call.indexOf('--'))).toEqual(['--', '--fix', 'a b.json']);
});

test('check takes what stands behind -- for a path', async () => {
  const { code, stderr } = await certflow('check', '--format', 'github', '--fail-on=error', '--', '--fix');
  expect([code, stderr]).toEqual([2, expect.stringContaining('--fix')]);
});
