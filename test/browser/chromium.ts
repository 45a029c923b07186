import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Page {
  /** Code by its path; `/page.js` is what the page runs. */
  readonly scripts: ReadonlyMap<string, string>;
  /** What the page can ask for, by path. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What it is answered to a POST, by path. */
  readonly answers?: Readonly<Record<string, (body: string) => Promise<unknown>>>;
}

/** Nothing but scripts and requests of the page's own server: no inline code, no eval, no WebAssembly, no worker. */
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";

const html = '<script src="/watch.js"></script><script type="module" src="/page.js"></script>';

/** Tells of what goes wrong before the page can. */
const watch = `
const tell = (error) => fetch('/told', { method: 'POST', body: JSON.stringify({ error }) });
addEventListener('error', ({ message, target }) => tell(message ?? 'not loaded: ' + target.src), true);
addEventListener('unhandledrejection', ({ reason }) => tell(String(reason)));
`;

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Shows a page in headless Chromium, and gives what it sends to `/told`. */
export async function askPage(page: Page): Promise<unknown> {
  let tell: (told: unknown) => void = () => undefined;
  const told = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => serve(page, request, response, tell));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const profile = mkdtempSync(join(tmpdir(), 'certflow-chromium-'));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const chromium = spawn('chromium', [...flags, `--user-data-dir=${profile}`, address], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  chromium.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(chromium, 'close');
  const endedEarly = ended.then(() => {
    throw new Error(`Chromium ended before the page was done:\n${errors}`);
  });
  try {
    return await Promise.race([told, endedEarly]);
  } finally {
    chromium.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function serve(
  { scripts, data, answers = {} }: Page,
  request: IncomingMessage,
  response: ServerResponse,
  tell: (told: unknown) => void,
) {
  const { url = '' } = request;
  response.setHeader('content-security-policy', policy);
  if (url === '/told') {
    text(request).then((body) => tell(JSON.parse(body)));
    response.writeHead(204).end();
  } else if (answers[url]) {
    text(request)
      .then(answers[url])
      .then((answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? null)));
  } else if (url === '/') response.setHeader('content-type', 'text/html').end(html);
  else if (url === '/watch.js') response.setHeader('content-type', 'text/javascript').end(watch);
  else if (scripts.has(url)) response.setHeader('content-type', 'text/javascript').end(scripts.get(url));
  else if (url in data) response.setHeader('content-type', 'application/json').end(JSON.stringify(data[url]));
  else response.writeHead(404).end();
}
