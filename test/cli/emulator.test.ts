import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import { credential } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { certflow } from './run.ts';

const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));

/** Starts the command as a process of its own, and gives what it says once that is whole. */
async function start(context: TestContext, args: readonly string[], isWhole: (text: string) => boolean) {
  if (process.platform === 'win32') context.skip('Windows has no way to send Ctrl-C to a process');
  const child = spawn(process.execPath, [bin, 'emulator', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (isWhole(text)) break;
  }
  return { child, text };
}

async function stop(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const [code] = await ended;
  return code;
}

test('it says what to do next; Ctrl-C ends it and leaves nothing behind', async (context) => {
  const { child, text } = await start(context, [], (said) => said.split('\n').length === 5);
  const cloudFile = /its sign-in are in (.*)\. In/.exec(text)?.[1] as string;
  expect(text).toContain(`--cloud-file ${cloudFile}`);
  const profile: CloudProfile = JSON.parse(readFileSync(cloudFile, 'utf8'));
  await expect(credential(profile).getToken(`${profile.resourceManager.audience}/.default`)).resolves.toBeDefined();
  for (const file of [cloudFile, profile.signIn?.certificatePath as string]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await stop(child)).toBe(0);
  expect(existsSync(dirname(cloudFile))).toBe(false);
});

test('--folder keeps the files, and --json prints the profile', async (context) => {
  const folder = folderOf({});
  const { child, text } = await start(context, ['--folder', folder, '--json'], (said) => said.endsWith('\n}\n'));
  expect(await stop(child)).toBe(0);
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(join(folder, 'cloud.json'), 'utf8')));
  expect(existsSync(join(folder, 'state.json'))).toBe(true);
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toMatch(/^\*\.pem\nstate\.json$/m);
});

test.each([
  [['--port', '0'], '"0" is no port'],
  [['--port', 'x'], '"x" is no port'],
  [['--tenant', 'contoso'], '"contoso" is no id'],
  [['--subscription', '1'], '"1" is no id'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await certflow('emulator', ...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
