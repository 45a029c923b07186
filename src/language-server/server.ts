import { fileURLToPath } from 'node:url';
import {
  type CodeAction,
  type CompletionItem,
  createConnection,
  type Location,
  ResponseError,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fixesOf } from '../diagnostics/diagnostic.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import { textEditsOf } from '../document/edit-json.ts';
import { completeAt } from '../editor/complete.ts';
import { hoverAt } from '../editor/hover.ts';
import { declarationsOf, nameAt, renameEdits, sameNames } from '../editor/names.ts';
import { symbolsOf } from '../editor/symbols.ts';
import type { EditedWorkflow } from '../editor/workflow.ts';
import { completeYaml, hoverYaml } from '../editor/yaml.ts';
import { toAction, toEdit, toItems, toProblem, toProblemOfAll, toRange, toSymbol } from './protocol.ts';
import { type OpenText, type SuppressOf, Texts } from './texts.ts';

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
  const texts = new Texts(suppressOf);
  const waiting = new Map<string, NodeJS.Timeout>();

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
    const read = await texts.read(document.uri, pathOf(document.uri), document.getText(), document.version);
    // A later version is on its way.
    if (!read || documents.get(document.uri)?.version !== document.version) return;
    const diagnostics = read.problems.map(toProblem);
    connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
  };
  documents.onDidChangeContent(({ document }) => {
    clearTimeout(waiting.get(document.uri));
    waiting.set(
      document.uri,
      setTimeout(() => {
        waiting.delete(document.uri);
        tell(document).catch((error) => {
          // Such as a certflow.check.yaml with a mistake: nobody looks into the log of a server.
          const { uri, version: known } = document;
          connection.sendDiagnostics({ uri, version: known, diagnostics: [toProblemOfAll(wordsOf(error))] });
        });
      }, pause),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    texts.forget(uri);
    connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  /** What `answer` finds in the text of a request. */
  const inText = async <Answer>(
    uri: string,
    answer: (read: OpenText, document: TextDocument) => Answer,
  ): Promise<Answer | null> => {
    const document = documents.get(uri);
    const read = document && (await texts.read(uri, pathOf(uri), document.getText(), document.version));
    return read ? answer(read, document) : null;
  };
  /** What `answer` finds at a place of a workflow. */
  const atPlace = <Answer>(
    { textDocument: { uri }, position }: TextDocumentPositionParams,
    answer: (workflow: EditedWorkflow, offset: number, document: TextDocument) => Answer | undefined,
  ): Promise<Answer | null> =>
    inText(uri, ({ workflows }, document) => {
      const offset = document.offsetAt(position);
      for (const workflow of workflows) {
        const found = workflow.at(offset) && answer(workflow, offset, document);
        if (found !== undefined) return found;
      }
      return null;
    });

  connection.onHover(async (params) => {
    const yaml = await inText(params.textDocument.uri, ({ kind }, document) =>
      kind === 'workflow' ? undefined : hoverYaml(kind, document.getText(), document.offsetAt(params.position)),
    );
    if (yaml) return { contents: { kind: 'markdown' as const, value: yaml } };
    return atPlace(params, (workflow, offset) => {
      const found = hoverAt(workflow, offset);
      return found && { contents: { kind: 'markdown' as const, value: found.markdown }, range: toRange(found.range) };
    });
  });
  connection.onCompletion(({ textDocument: { uri }, position }) =>
    inText(uri, ({ kind }, document): CompletionItem[] => {
      const [text, offset] = [document.getText(), document.offsetAt(position)];
      if (kind !== 'workflow') {
        const found = completeYaml(kind, text, offset);
        return found ? toItems(document, offset, found) : [];
      }
      for (const workflow of texts.lastWorkflows(uri)) {
        const found = completeAt(workflow, text, offset);
        if (found) return toItems(document, offset, found);
      }
      return [];
    }),
  );
  connection.onDefinition((params) =>
    atPlace(params, (workflow, offset, { uri }): Location[] | undefined => {
      const name = nameAt(workflow, offset);
      return name && declarationsOf(workflow, name).map((range) => ({ uri, range: toRange(range) }));
    }),
  );
  connection.onReferences((params) =>
    atPlace(params, (workflow, offset, { uri }): Location[] | undefined => {
      const name = nameAt(workflow, offset);
      return (
        name && sameNames(workflow, name, params.context.includeDeclaration).map((range) => ({ uri, range: toRange(range) }))
      );
    }),
  );
  connection.onPrepareRename((params) =>
    atPlace(params, (workflow, offset) => {
      const name = nameAt(workflow, offset);
      return name && (name.kind === 'action' || name.kind === 'variable')
        ? { range: toRange(name.range), placeholder: name.name }
        : undefined;
    }),
  );
  connection.onRenameRequest((params) =>
    atPlace(params, (workflow, offset, document) => {
      const name = nameAt(workflow, offset);
      if (!name) return undefined;
      const edits = told(() => renameEdits(workflow, name, params.newName));
      return { changes: { [document.uri]: edits.map((edit) => toEdit(document, edit)) } };
    }),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }) =>
    inText(uri, ({ workflows }) => workflows.flatMap((workflow) => symbolsOf(workflow).map(toSymbol))),
  );
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    inText(uri, (read, document): CodeAction[] => {
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      return read.problems.flatMap((problem) => {
        if (!problem.range || problem.range.start.offset > end || problem.range.end.offset < start) return [];
        return fixesOf(problem).flatMap((fix) => {
          const [workflow] = read.workflows;
          const edits = workflow && textEditsOf(fix, workflow.locator);
          return edits ? [toAction(document, problem, fix.description, edits)] : [];
        });
      });
    }),
  );
  documents.listen(connection);
  connection.listen();
  return new Promise((resolve) => {
    connection.onExit(resolve);
    input.once('end', resolve);
    input.once('close', resolve);
  });
}

/** What a rename or the like refuses is an answer, which the editor shows. */
function told<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof UsageError) throw new ResponseError(invalidRequest, error.message);
    throw error;
  }
}

function wordsOf(error: unknown): string {
  return hideSecretForms(error instanceof Error ? error.message : String(error));
}

/** The path of a text; one that has none yet is called by its address. */
function pathOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
