import { spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';

/** A program that may be missing on a machine; the test is skipped there, and says so. */
export function needsProgram(
  context: TestContext,
  program: string,
  args: readonly string[],
  isRight: (output: string) => boolean,
) {
  const { error, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  if (!error && isRight(stdout)) return;
  const reason = `there is no ${program} on this machine, or not the one that is needed`;
  process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
  context.skip(reason);
}
