import { RefusedError, UsageError } from '../diagnostics/errors.ts';
import { show } from '../diagnostics/show.ts';
import type { Streams } from './init/ask.ts';

/** Asks yes or no on a terminal; no is what Enter says, and Ctrl-C. Without a terminal a UsageError that names `option`. */
export async function confirm(question: string, option: string, streams: Streams = { output: process.stderr }): Promise<boolean> {
  if (!process.stdin.isTTY && !streams.input)
    throw new UsageError(`${question} Nobody can be asked here: add ${option} to say yes beforehand.`);
  const { confirm: ask, isCancel } = await import('@clack/prompts');
  const answer = await ask({ ...streams, message: show(question), initialValue: false });
  return !isCancel(answer) && answer;
}

/** Asks for a text on a terminal, until `problem` has nothing to say of it. Throws a RefusedError for Ctrl-C. */
export async function askFor(
  question: string,
  problem: (answer: string) => string | undefined,
  streams: Streams = { output: process.stderr },
): Promise<string> {
  const { isCancel, text } = await import('@clack/prompts');
  const answer = await text({ ...streams, message: show(question), validate: (given) => problem(given ?? '') });
  if (!isCancel(answer)) return answer;
  throw new RefusedError('You ended it before its last question. Nothing was written.');
}
