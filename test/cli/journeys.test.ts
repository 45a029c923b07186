import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { initTargets } from '../../src/cli/init/questions.ts';
import { loadSpec } from '../../src/index.ts';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { certflow } from './run.ts';

/** The command that an output says to run next, in the words that a shell makes of it. */
function nextIn({ stdout, stderr }: { stdout: string; stderr: string }): string[] | undefined {
  const [, line] = /^Next, .*\n {2}(certflow .*)$/m.exec(`${stdout}\n${stderr}`) ?? [];
  return line?.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', ''));
}

/** The commands of the journey, without what was given to them. */
const expected = {
  consumption: ['setup', 'deploy', 'deploy --run', 'runs', undefined],
  standard: ['setup', 'deploy', 'status', undefined],
  'app-service': ['setup', 'deploy', 'status', undefined],
  'power-automate': ['setup', 'generate', undefined],
} as const;

test.each(initTargets)('from init to the end by what is printed: %s', async (target) => {
  const folder = folderOf({});
  const spec = join(folder, 'my flow', 'certflow.yaml');
  expect((await certflow('init', join(folder, 'my flow'), '--yes', '--target', target)).code).toBe(0);
  const { cloudFile } = await emulator({ ground: groundOf(await loadSpec(spec)) });
  const taken: (string | undefined)[] = [];
  let words: string[] | undefined = ['certflow', 'setup', spec, '--cloud-file', cloudFile];
  while (words) {
    const [, command = '', ...rest] = words;
    taken.push([command, ...rest.filter((word) => word === '--run')].join(' '));
    const yes = command === 'setup' || command === 'deploy' ? ['--yes'] : [];
    const done = await certflow(command, ...rest, ...yes);
    expect([words.join(' '), done.code, done.stderr]).toEqual([words.join(' '), 0, expect.not.stringContaining('error:')]);
    words = nextIn(done);
  }
  expect([...taken, undefined]).toEqual(expected[target]);
  expect(readFileSync(spec, 'utf8')).toMatch(/^ {2}clientId: /m);
});
