import { confirm, isCancel } from '@clack/prompts';
import type { Streams } from './ask.ts';

/** Asks on the terminal for a yes. Ctrl-C is a no. On stderr: stdout is for results. */
export async function confirmed(message: string, streams: Streams = { output: process.stderr }): Promise<boolean> {
  const answer = await confirm({ ...streams, message, initialValue: false });
  return !isCancel(answer) && answer;
}
