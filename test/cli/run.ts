import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.ts';

/** Runs the command line in this process. */
export async function certflow(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text), isTTY: false });
  const code = await main(args, { stdout: stream('stdout'), stderr: stream('stderr'), env: {} });
  return { code, ...written };
}

/** An empty folder that is gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certflow-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
