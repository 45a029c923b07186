import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { loadSpec } from '../../src/index.ts';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';
import { until } from '../until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** `npm run test:full` builds it first. */
const bin = join(root, 'dist', 'bin.cjs');

/** A loopback Azure, and the built command line in front of it. */
async function ready() {
  const permissions = [{ api: 'sharepoint', roles: ['Sites.Read.All'] }];
  const folder = folderOf({
    'certflow.yaml': {
      ...baseSpec,
      appRegistration: { ...baseSpec.appRegistration, permissions },
      trigger: { recurrence: { frequency: 'Day', interval: 1 } },
    },
  });
  const spec = join(folder, 'certflow.yaml');
  const started = await emulator({ ground: groundOf(await loadSpec(spec)), delays: { poll: 20, retry: 1 } });
  const certflow = (...args: string[]) => {
    const [command = '', ...rest] = args;
    const child = spawn(process.execPath, [bin, command, ...rest, '--cloud-file', started.cloudFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.stderr += text));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
    return { child, said, ended };
  };
  const starts = () =>
    started.requests().filter(({ method, url }) => method === 'PUT' && url.includes('/deployments/certflow-hr-lists')).length;
  return { certflow, spec, starts, hold: started.hold };
}

test('the built command line deploys, runs, asks, lists, and removes', async () => {
  const { certflow, spec } = await ready();
  for (const args of [
    ['deploy', spec, '--plan'],
    ['deploy', spec, '--yes', '--run'],
    ['status', spec],
    ['runs', 'list', spec],
    ['runs', 'show', 'latest', spec],
    ['runs', 'resubmit', 'latest', spec],
    ['runs', 'cancel', 'latest', spec],
    ['destroy', spec, '--yes'],
  ]) {
    const { code, stdout, stderr } = await certflow(...args).ended;
    expect([args, code, stdout === '' ? stderr : '']).toEqual([args, 0, '']);
  }
});

test.each(['SIGINT', 'SIGKILL'] as const)(
  '%s in the middle of a deployment: it goes on in Azure, and the next run follows it',
  async (signal) => {
    const { certflow, spec, starts, hold } = await ready();
    const release = hold();
    const first = certflow('deploy', spec, '--yes');
    await until(() => first.said.stderr.includes('deployment certflow-hr-lists: Running'));
    first.child.kill(signal);
    const { code, stderr } = await first.ended;
    // Windows has no signals: there the process is ended either way.
    if (signal === 'SIGINT' && process.platform !== 'win32') {
      expect(code).toBe(1);
      expect(stderr).toContain(
        'was stopped.\nThe deployment has begun, and goes on in Azure by itself. Run the same command again: it goes on from there.',
      );
    }
    const second = certflow('deploy', spec, '--yes');
    await until(() => second.said.stderr.includes('a deployment is under way already, and is followed to its end'));
    release();
    const { code: ended, stdout } = await second.ended;
    expect(ended).toBe(0);
    expect(stdout).toContain('ok  state: hr-lists is enabled');
    // The second one only turns the schedule on.
    expect(starts()).toBe(2);
  },
);
