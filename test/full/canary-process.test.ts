import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCertificate, writePfx } from '../../src/index.ts';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { wholeSpec } from '../setup/world.ts';
import { baseSpec } from '../specs.ts';

const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const password = 'canary-of-a-process-7';

test('while certflow sets up and rotates, password and key stand in no argument list, environment or temporary file', async (context) => {
  if (!existsSync('/proc/self/cmdline')) {
    process.stdout.write('skipped: what processes are started with cannot be read here (no /proc)\n');
    context.skip();
  }
  const { cloudFile } = await emulator();
  const pair = await createCertificate({ subject: 'CN=HR lists reader' });
  const pfx = await writePfx(pair, { password });
  const folder = folderOf({
    'certflow.yaml': JSON.stringify({ ...baseSpec, ...wholeSpec }, null, 2),
    'old.pfx': pfx,
    password: `${password}\n`,
  });
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  // The password, and the middle of the key as PEM has it: its beginning the certificate holds too.
  const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const canaries = [password, pem.split('\n')[15] as string];

  const seen: string[] = [];
  const left: string[] = [];
  const watch = (child: number | undefined) => {
    for (const pid of processesBelow(child)) seen.push(read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`));
    for (const name of readdirSync(temporary, { recursive: true, encoding: 'utf8' }))
      left.push(name, read(join(temporary, name)));
  };
  for (const args of [
    ['setup', '--yes', '--pfx', join(folder, 'old.pfx'), '--password-file', join(folder, 'password')],
    ['cert', 'rotate', '--yes'],
  ]) {
    const child = spawn(process.execPath, [bin, ...args, join(folder, 'certflow.yaml'), '--cloud-file', cloudFile], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: temporary },
    });
    let code: number | null | undefined;
    child.on('exit', (status) => (code = status));
    while (code === undefined) {
      watch(child.pid);
      await delay(5);
    }
    watch(undefined);
    expect([args[0], code]).toEqual([args[0], 0]);
  }
  expect(seen.join('\n')).toContain('--password-file');
  for (const canary of canaries) {
    expect(seen.join('\n')).not.toContain(canary);
    expect(left.join('\n')).not.toContain(canary);
  }
});

/** The process and all that it has started. */
function processesBelow(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const children = globSync(`/proc/${pid}/task/*/children`).flatMap((file) => read(file).split(' ').filter(Boolean).map(Number));
  return [pid, ...children.flatMap(processesBelow)];
}

/** Empty where it is gone by now, or a folder. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
