import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function certflow(...args: string[]): Promise<Ended> {
  return certflowWith({}, ...args);
}

/** The same, with these variables in its environment. */
export async function certflowWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  return startCertflow(env, ...args).ended;
}

/** The same, for tests that look at what it has said while it runs. */
export function startCertflow(env: Readonly<Record<string, string>>, ...args: string[]) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (said[name] += text), isTTY: false });
  const ended: Promise<Ended> = main(args, { stdout: stream('stdout'), stderr: stream('stderr'), env }).then((code) => ({
    code,
    ...said,
  }));
  return { said, ended };
}

/** An empty folder that is gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certflow-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
