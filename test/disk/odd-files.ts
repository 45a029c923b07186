import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { onTestFinished, type TestContext } from 'vitest';

/** For tests of what only POSIX has: pipes with a name, modes. Elsewhere they are skipped, and say so. */
export function needsPosix(context: TestContext) {
  if (process.platform !== 'win32') return;
  process.stderr.write(`skipped: ${context.task.name}: Windows has no such files\n`);
  context.skip('Windows has no such files');
}

/** Makes a pipe with a name. */
export function makePipe(path: string): string {
  const { status, stderr } = spawnSync('mkfifo', [path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mkfifo: ${stderr}`);
  return path;
}

/** Makes a socket, gone after the test. */
export async function makeSocket(path: string): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return path;
}
