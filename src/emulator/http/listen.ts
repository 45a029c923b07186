import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { UsageError } from '../../diagnostics/errors.ts';
import type { Dispatcher, Outcome } from './service.ts';

/** ARM takes no larger request (templates: 4 MB). */
const largestBody = 4 * 1_048_576;

export interface TlsFiles {
  /** PEM. */
  readonly key: string;
  /** PEM, the issuer's certificate too. */
  readonly cert: string;
}

export interface Listening {
  readonly port: number;
  /** Lets the requests go to this one. Until then they wait. */
  readonly serve: (dispatcher: Dispatcher) => void;
  readonly close: () => Promise<void>;
}

/** Listens on the loopback address only. Throws a UsageError where the port is taken. */
export async function listen(tls: TlsFiles, port: number): Promise<Listening> {
  let serve: (dispatcher: Dispatcher) => void = () => {};
  const dispatcher = new Promise<Dispatcher>((resolve) => {
    serve = resolve;
  });
  // A connection that the client keeps is not closed under its hands: it would be told of a reset.
  const server = createServer({ ...tls, keepAliveTimeout: 600_000 }, async (request, response) => {
    // A client that goes away while it is answered is its own affair.
    response.on('error', () => {});
    const outcome = await outcomeOf(request, await dispatcher);
    try {
      send(outcome, request, response);
    } catch {
      // A workflow's Response may ask for a status or a header that HTTP does not have.
      send(badGateway, request, response);
    }
  });
  // Those in the middle of a TLS handshake too, which the server would wait for.
  const connections = new Set<Duplex>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('clientError', (_, socket) => socket.destroy());
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await started(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}

async function started(server: Server, port: number) {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new UsageError(`port ${port} of this machine cannot be used (${error.code}): choose another with --port, or none`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function outcomeOf(request: IncomingMessage, dispatcher: Dispatcher): Promise<Outcome> {
  const text = await bodyOf(request);
  if (text === undefined) return 'broken';
  if (text === 'too large') return tooLarge;
  const { method = 'GET', url: path = '/', headers } = request;
  const host = headers.host ?? 'localhost';
  const url = URL.parse(path.startsWith('/') ? `https://${host}${path}` : path) ?? new URL('https://localhost/');
  const plain = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return dispatcher.answer({ method, url, headers: Object.fromEntries(plain), text });
}

const badGateway: Outcome = {
  status: 502,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: JSON.stringify({ error: { code: 'BadGateway', message: 'The answer has a status or a header that cannot be sent.' } }),
};

const tooLarge: Outcome = {
  status: 413,
  headers: { 'content-type': 'application/json; charset=utf-8', connection: 'close' },
  text: JSON.stringify({
    error: { code: 'RequestContentTooLarge', message: `The request content exceeds the limit of ${largestBody} bytes.` },
  }),
};

/** Undefined where the caller went away. */
async function bodyOf(request: IncomingMessage): Promise<string | 'too large' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size > largestBody) return 'too large';
      chunks.push(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  // A zip is handed on with one character for each byte.
  const isText = !/^application\/(zip|octet-stream)/.test(request.headers['content-type'] ?? '');
  return Buffer.concat(chunks).toString(isText ? 'utf8' : 'latin1');
}

function send(outcome: Outcome, request: IncomingMessage, response: ServerResponse) {
  if (outcome === 'silent') return;
  if (outcome === 'broken') {
    request.socket.destroy();
    return;
  }
  response.writeHead(outcome.status, outcome.headers).end(outcome.text);
}
