import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { serve } from '../../src/language-server/server.ts';
import { askPage } from '../browser/chromium.ts';
import { definitionText } from '../editor/edited.ts';
import { folderOf } from '../folder.ts';
import { needsProgram } from '../programs.ts';

/** The server, a message at a time. */
function served() {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const ended = serve({ input: toServer, output: toClient, version: '0', suppressOf: async () => undefined });
  const writer = new StreamMessageWriter(toServer);
  const waiting: string[] = [];
  let wake: () => void = () => undefined;
  new StreamMessageReader(toClient).listen((message) => {
    waiting.push(JSON.stringify(message));
    wake();
  });
  const receive = async () => {
    while (waiting.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return waiting.splice(0);
  };
  const end = async () => {
    await writer.write({ jsonrpc: '2.0', method: 'exit' } as never);
    await ended;
  };
  return { send: async (message: string) => writer.write(JSON.parse(message)), receive, end };
}

test('an editor of others shows findings, goes to a definition and completes', async (context) => {
  needsProgram(context, 'chromium', ['--version'], (output) => /Chromium/.test(output));
  const { outputFiles } = await build({
    ...{ entryPoints: ['test/browser/editor-page.ts'], bundle: true, format: 'esm', platform: 'browser' },
    ...{ target: 'es2023', write: false, logLevel: 'error' },
  });
  const text = definitionText(`    "Read": { "type": "Compose", "inputs": "@bodyy('x')", "runAfter": {} },
    "Use": { "type": "Compose", "inputs": "@outputs('Read')", "runAfter": { "Read": ["Succeeded"] } }`);
  const { send, receive, end } = served();
  const given = {
    uri: pathToFileURL(`${folderOf({})}/workflow.json`).href,
    ...{ text, use: "@outputs('Re", unfinished: '@variabl' },
  };
  const told = await askPage({
    scripts: new Map([['/page.js', outputFiles[0]?.text ?? '']]),
    data: { '/given': given },
    answers: { '/send': send, '/receive': receive },
  });
  await end();
  expect(told).toMatchObject({ findings: expect.arrayContaining([expect.stringContaining('bodyy')]), declared: '"Read": { "t' });
  expect(told).toMatchObject({ labels: expect.arrayContaining(['variables']) });
});
