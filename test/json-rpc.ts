import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * A program that answers JSON-RPC on its standard streams, each message behind its Content-Length. It keeps nobody from ending, and
 * ends when its standard input does: with this process.
 */
export class JsonRpc {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #received = Buffer.alloc(0);
  #asked = 0;

  constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, args);
    this.#child.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
    // Nobody reads it, but a full pipe would stop the program.
    this.#child.stderr.resume();
    const failed = (error: Error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
    };
    this.#child.on('error', failed).on('exit', (code) => failed(new Error(`${program} ended with ${code}`)));
    this.#child.unref();
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr])
      (stream as { unref?: () => void }).unref?.();
  }

  ask<Result>(method: string, params: object): Promise<Result> {
    const id = ++this.#asked;
    const message = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    this.#child.stdin.write(`Content-Length: ${message.length}\r\n\r\n`);
    this.#child.stdin.write(message);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject }));
  }

  #take(bytes: Buffer) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const begin = this.#received.indexOf('\r\n\r\n') + 4;
      const end = begin + Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, begin))?.[1]);
      if (begin < 4 || this.#received.length < end) return;
      const { id, result, error }: Answer = JSON.parse(this.#received.toString('utf8', begin, end));
      this.#received = this.#received.subarray(end);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    }
  }
}
