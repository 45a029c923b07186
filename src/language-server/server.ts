import { createConnection, ResponseError, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { UsageError } from '../diagnostics/errors.ts';
import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import type { Answers } from './answers.ts';
import { toProblemOfAll } from './protocol.ts';
import type { SuppressOf } from './texts.ts';

export interface ServerOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly version: string;
  readonly suppressOf: SuppressOf;
}

/** How long a person stops typing before the text is looked at, in milliseconds. */
const pause = 150;
/** JSON-RPC's "invalid request", which editors show. */
const invalidRequest = -32_600;

/** Speaks the Language Server Protocol (3.17) over two streams until the editor leaves. Writes no file: what it changes, the editor does. */
export function serve({ input, output, version, suppressOf }: ServerOptions): Promise<void> {
  const connection = createConnection(input, output);
  const documents = new TextDocuments(TextDocument);
  const waiting = new Map<string, NodeJS.Timeout>();
  let answers: Promise<Answers> | undefined;
  // Rules and schemas take longer to load than all the rest: the editor has its first answer before.
  const loaded = () => {
    answers ??= import('./answers.ts').then(({ Answers }) => new Answers(documents, suppressOf));
    return answers;
  };

  connection.onInitialize(() => ({
    serverInfo: { name: 'certflow', version },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      hoverProvider: true,
      completionProvider: { triggerCharacters: ["'", '"', '.', '[', '(', '@', '{', ' '] },
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'] },
    },
  }));

  const tell = async (document: TextDocument) => {
    const { uri, version: known } = document;
    try {
      const diagnostics = await (await loaded()).problems(document);
      if (diagnostics) await connection.sendDiagnostics({ uri, version: known, diagnostics });
    } catch (error) {
      // Such as a certflow.check.yaml with a mistake: nobody looks into the log of a server.
      await connection.sendDiagnostics({ uri, version: known, diagnostics: [toProblemOfAll(wordsOf(error))] });
    }
  };
  documents.onDidChangeContent(({ document }) => {
    clearTimeout(waiting.get(document.uri));
    const later = () => {
      waiting.delete(document.uri);
      void tell(document);
    };
    waiting.set(document.uri, setTimeout(later, pause));
  });
  documents.onDidClose(async ({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    await connection.sendDiagnostics({ uri, diagnostics: [] });
    (await answers)?.forget(uri);
  });

  connection.onHover(async (params) => (await loaded()).hover(params));
  connection.onCompletion(async (params) => (await loaded()).completion(params));
  connection.onDefinition(async (params) => (await loaded()).definition(params));
  connection.onReferences(async (params) => (await loaded()).references(params));
  connection.onPrepareRename(async (params) => (await loaded()).prepareRename(params));
  connection.onRenameRequest(async (params) => told((await loaded()).rename(params)));
  connection.onDocumentSymbol(async (params) => (await loaded()).symbols(params));
  connection.onCodeAction(async (params) => (await loaded()).actions(params));
  documents.listen(connection);
  connection.listen();
  return new Promise((resolve) => {
    connection.onExit(resolve);
    input.once('end', resolve);
    input.once('close', resolve);
  });
}

/** What is refused is an answer, which the editor shows. */
async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UsageError) throw new ResponseError(invalidRequest, error.message);
    throw error;
  }
}

function wordsOf(error: unknown): string {
  return hideSecretForms(error instanceof Error ? error.message : String(error));
}
