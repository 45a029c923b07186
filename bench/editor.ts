import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  InitializeRequest,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { serve } from '../src/language-server/server.ts';
import { checkDocument } from '../src/library/check-document.ts';
import { openText } from '../src/library/open.ts';
import { bin, collectGarbage, line, median } from './measure.ts';

const initialize = (client: ProtocolConnection) =>
  client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });

/** Starting the server, an answer about a large file, and the memory of a long day of typing. */
export async function editor() {
  console.log('\nThe language server');
  const bare = await medianOf(7, () => timeOf(async () => once(spawn(process.execPath, ['-e', '0']), 'exit')));
  const started = await medianOf(7, start);
  line('start, to the first answer', `${started.toFixed(0)} ms`, started / bare, '4');
  await answers();
}

/** Milliseconds from the start of the process to its answer. */
async function start(): Promise<number> {
  const began = performance.now();
  const server = spawn(process.execPath, [bin, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  client.listen();
  await initialize(client);
  const time = performance.now() - began;
  client.dispose();
  server.kill();
  await once(server, 'exit');
  return time;
}

async function answers() {
  const path = join(process.cwd(), 'workflow.json');
  const uri = pathToFileURL(path).href;
  const text = largeText(1000);
  const floor = await medianOf(7, () =>
    timeOf(async () => {
      const document = await openText(path, text);
      if (document) checkDocument(document);
    }),
  );
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  serve({ input: toServer, output: toClient, version: '0', suppressOf: async () => undefined });
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  await initialize(client);
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'json', version: 1, text },
  });
  let version = 1;
  const edit = async (written: string) => {
    version++;
    const contentChanges = [{ text: written }];
    await client.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
  };
  const ask = () => client.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
  const answer = await medianOf(7, () =>
    timeOf(async () => {
      await edit(text);
      await ask();
    }),
  );
  line('an answer after an edit of 1,000 actions', `${answer.toFixed(0)} ms`, answer / floor, '1.5 of a check');
  const small = largeText(5);
  const heaps: number[] = [];
  for (let count = 0; count < 10_000; count++) {
    await edit(small.replace('"inputs": 1', `"inputs": ${count}`));
    if (count % 10 === 0) await ask();
    if (count % 2000 !== 1999) continue;
    collectGarbage();
    heaps.push(Math.round(process.memoryUsage().heapUsed / 2 ** 20));
  }
  console.log(`${' '.repeat(44)}heap over 10,000 edits, MiB: ${heaps.join(' ')}`);
  client.dispose();
  toServer.end();
}

function largeText(count: number): string {
  const actions = Array.from({ length: count }, (_, at) => [
    `Action_${at}`,
    {
      type: 'Compose',
      inputs: at === 0 ? 1 : `@outputs('Action_${at - 1}')`,
      runAfter: at === 0 ? {} : { [`Action_${at - 1}`]: ['Succeeded'] },
    },
  ]);
  return JSON.stringify(
    {
      $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      triggers: { manual: { type: 'Request', kind: 'Http' } },
      actions: Object.fromEntries(actions),
    },
    null,
    2,
  );
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

async function medianOf(rounds: number, run: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await run());
  return median(times);
}
