import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { folderOf } from '../folder.ts';

test('the extension is packed by its own tool, and the server in the package answers', async () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/vsix.ts'], { encoding: 'utf8' });
  expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('Packaged')]);
  const folder = folderOf({});
  const packed = unzipSync(readFileSync('dist/certflow.vsix'));
  for (const [path, bytes] of Object.entries(packed)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  expect(Object.keys(packed)).toEqual(expect.arrayContaining(['extension/out/extension.js', 'extension/package.json']));
  chmodSync(join(folder, 'extension/certflow/bin.cjs'), 0o755);

  const server = spawn(process.execPath, [join(folder, 'extension/certflow/bin.cjs'), 'lsp'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const told = new Promise((resolve) => {
    client.onNotification(PublishDiagnosticsNotification.type, resolve);
  });
  client.listen();
  const { serverInfo } = await client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  expect(serverInfo?.name).toBe('certflow');
  const uri = pathToFileURL(join(folder, 'certflow.yaml')).href;
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'yaml', version: 1, text: 'name: x\nrequest: []\n' },
  });
  expect(await told).toMatchObject({
    uri,
    diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'spec-shape' })]),
  });
  await client.sendRequest(ShutdownRequest.type);
  await client.sendNotification(ExitNotification.type);
  expect(await ended).toEqual([0, null]);
  client.dispose();
});
