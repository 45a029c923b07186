import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import {
  type CodeAction,
  CodeActionRequest,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializeRequest,
  PrepareRenameRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RenameRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serve } from '../../src/language-server/server.ts';
import { definitionText } from '../editor/edited.ts';
import { folderOf } from '../folder.ts';
import { until } from '../until.ts';

/** A client of the protocol's own library, and the server at the other end of two pipes. */
async function connected() {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const served = serve({ input: toServer, output: toClient, version: '0', suppressOf: async () => undefined });
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const told: PublishDiagnosticsParams[] = [];
  client.onNotification(PublishDiagnosticsNotification.type, (params) => void told.push(params));
  client.listen();
  await client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  onTestFinished(async () => {
    await client.sendRequest(ShutdownRequest.type);
    await client.sendNotification(ExitNotification.type);
    await served;
    client.dispose();
  });
  const open = async (path: string, text: string) => {
    const uri = pathToFileURL(path).href;
    await client.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'json', version: 1, text },
    });
    return { uri, document: TextDocument.create(uri, 'json', 1, text) };
  };
  const problems = async (uri: string, version: number) => {
    await until(() => told.some((one) => one.uri === uri && one.version === version));
    return told.findLast((one) => one.uri === uri && one.version === version)?.diagnostics ?? [];
  };
  return { client, open, problems };
}

const shown = definitionText(`    "Get_secret": {
      "type": "ApiConnection",
      "inputs": { "host": { "connection": { "name": "@parameters('$connections')['keyvault']['connectionId']" } }, "method": "get", "path": "/secrets/@{encodeURIComponent('hr-cert')}/value" },
      "runAfter": {}
    }`).replace('"parameters": {', '"parameters": { "$connections": { "type": "Object", "defaultValue": {} },');

test('tells findings as they are typed, and mends them', async () => {
  const { client, open, problems } = await connected();
  const { uri, document } = await open(join(folderOf({}), 'workflow.json'), shown);
  const [problem] = (await problems(uri, 1)).filter(({ code }) => code === 'get-secret-outputs');
  expect(problem).toMatchObject({ source: 'certflow' });
  const actions = await client.sendRequest(CodeActionRequest.type, {
    ...{ textDocument: { uri }, range: problem?.range ?? document, context: { diagnostics: [] } },
  } as never);
  const mend = actions?.find((action) => 'edit' in action) as CodeAction;
  const mended = TextDocument.applyEdits(document, mend.edit?.changes?.[uri] ?? []);
  await client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: mended }],
  });
  expect((await problems(uri, 2)).map(({ code }) => code)).not.toContain('get-secret-outputs');
});

test('says of a finding what its rule is for', async () => {
  const { client, open } = await connected();
  const { uri, document } = await open(join(folderOf({}), 'workflow.json'), shown);
  const position = document.positionAt(shown.indexOf('"Get_secret"') + 2);
  const found = await client.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  const value = JSON.stringify(found?.contents);
  expect(value).toMatch(/action `Get_secret`.*shown in run history.*\\n---\\n\\n# get-secret-outputs\\n/);
  expect(value).not.toContain('## Bad');
});

test('answers by the text as it is, changed in parts', async () => {
  const { client, open } = await connected();
  const { uri, document } = await open(join(folderOf({}), 'workflow.json'), shown);
  const at = document.positionAt(shown.indexOf('"runAfter"'));
  const newText = '"trackedProperties": { "a": "@out" }, ';
  await client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: at, end: at }, text: newText }],
  });
  const position = { line: at.line, character: at.character + newText.indexOf('out') + 3 };
  const found = await client.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
  expect(Array.isArray(found) && found.map(({ label }) => label)).toContain('outputs');
});

test('finds, and refuses in words', async () => {
  const { client, open } = await connected();
  const text = definitionText(`    "A": { "type": "Compose", "inputs": 1, "runAfter": {} },
    "B": { "type": "Compose", "inputs": "@outputs('A')", "runAfter": { "A": ["Succeeded"] } }`);
  const { uri, document } = await open(join(folderOf({}), 'workflow.json'), text);
  const asked = { textDocument: { uri }, position: document.positionAt(text.indexOf("outputs('A") + 10) };
  expect(await client.sendRequest(DefinitionRequest.type, asked)).toEqual([
    { uri, range: { start: document.positionAt(text.indexOf('"A"')), end: document.positionAt(text.indexOf('"A"') + 3) } },
  ]);
  expect(await client.sendRequest(PrepareRenameRequest.type, asked)).toMatchObject({ placeholder: 'A' });
  await expect(client.sendRequest(RenameRequest.type, { ...asked, newName: 'b' })).rejects.toThrow('there is another action "b"');
});

test('looks at the project around a file', async () => {
  const folder = folderOf({});
  mkdirSync(join(folder, 'Orders'));
  writeFileSync(join(folder, 'host.json'), '{ "version": "2.0" }');
  writeFileSync(join(folder, 'connections.json'), '{ "managedApiConnections": {} }');
  const { open, problems } = await connected();
  const workflow = JSON.stringify({
    definition: JSON.parse(
      definitionText(
        '"Read": { "type": "ApiConnection", "inputs": { "host": { "connection": { "referenceName": "gone" } }, "method": "get", "path": "/x" }, "runAfter": {} }',
      ),
    ),
    kind: 'Stateful',
  });
  const path = join(folder, 'Orders', 'workflow.json');
  writeFileSync(path, workflow);
  const { uri } = await open(path, workflow);
  expect(JSON.stringify(await problems(uri, 1))).toContain('gone');
});

test('reads a spec, and leaves other files alone', async () => {
  const { client, open, problems } = await connected();
  const { uri } = await open(join(folderOf({}), 'certflow.yaml'), 'name: x\nrequest: []\n');
  expect((await problems(uri, 1)).map(({ code }) => code)).toContain('spec-shape');
  const other = await open(join(folderOf({}), 'package.json'), '{ "name": "x" }');
  expect(await problems(other.uri, 1)).toEqual([]);
  const notes = await open(join(folderOf({}), 'notes.md'), 'x');
  const position = { line: 0, character: 0 };
  expect(await client.sendRequest(CompletionRequest.type, { textDocument: { uri: notes.uri }, position })).toBeNull();
});
