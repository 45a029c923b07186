import { isCancel, password } from '@clack/prompts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { show } from '../../diagnostics/show.ts';
import type { Streams } from '../init/ask.ts';

/** Asks for a password that is to be set, twice. Ctrl-C ends it with nothing written. */
export async function askNewPassword(streams: Streams = onTerminal()): Promise<string> {
  const first = await asked('Password for the private key', streams, (value) =>
    value ? undefined : 'Type one, or end with Ctrl-C.',
  );
  await asked('The same again', streams, (value) => (value === first ? undefined : 'That is not the same.'));
  return first;
}

/** Asks for the password of something that has one. */
export async function askPassword(message: string, streams: Streams = onTerminal()): Promise<string> {
  return asked(message, streams);
}

/** On stderr: stdout is for results, and may lead into a file. */
function onTerminal(): Streams {
  return { output: process.stderr };
}

async function asked(
  message: string,
  streams: Streams,
  validate?: (value: string | undefined) => string | undefined,
): Promise<string> {
  const answer = await password({ ...streams, message: show(message), clearOnError: true, ...(validate ? { validate } : {}) });
  if (isCancel(answer)) throw new RefusedError('Ended before there was a password. Nothing was written.');
  return answer;
}
