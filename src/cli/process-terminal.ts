import { fstatSync, writeSync } from 'node:fs';
import type { Sink, Terminal } from './output.ts';

/**
 * The terminal of this process. Writes to the file descriptors: the streams of `process` take several milliseconds to come up,
 * and what is written to them may be lost when the process ends at once.
 */
export function processTerminal(): Terminal {
  return { stdout: sink(1), stderr: sink(2), env: process.env, script: process.argv[1] };
}

/** The streams of this process, for a protocol that is spoken over them: nothing else may be written there then. */
export function standardStreams() {
  return { input: process.stdin, output: process.stdout };
}

function sink(descriptor: 1 | 2): Sink {
  const isTTY = isTerminal(descriptor);
  const stream = () => (descriptor === 1 ? process.stdout : process.stderr);
  return { write: (text) => writeAll(descriptor, text, stream), isTTY, ...(isTTY ? { columns: stream().columns } : {}) };
}

/** `node:tty` takes two milliseconds to load: it is asked only of what may be one, and never of a pipe. */
function isTerminal(descriptor: 1 | 2): boolean {
  // What a console of Windows is, only `isatty` knows.
  const mayBe = process.platform === 'win32' || fstatSync(descriptor).isCharacterDevice();
  return mayBe && process.getBuiltinModule('node:tty').isatty(descriptor);
}

function writeAll(descriptor: number, text: string, stream: () => NodeJS.WriteStream) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Whoever read has gone, as `head` does: nobody is left to tell.
      if (code === 'EPIPE') return;
      // A pipe that does not block and is full: the stream waits for it.
      if (code === 'EAGAIN') {
        stream().write(bytes);
        return;
      }
      throw error;
    }
  }
}
