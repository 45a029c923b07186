import { fileURLToPath } from 'node:url';
import type {
  CodeAction,
  CodeActionParams,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  Hover,
  Location,
  Range,
  ReferenceParams,
  RenameParams,
  TextDocumentPositionParams,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fixesOf, type Range as TextRange } from '../diagnostics/diagnostic.ts';
import { textEditsOf } from '../document/edit-json.ts';
import { completeAt } from '../editor/complete.ts';
import { hoverAt } from '../editor/hover.ts';
import { declarationsOf, nameAt, renameEdits, sameNames } from '../editor/names.ts';
import { symbolsOf } from '../editor/symbols.ts';
import type { EditedWorkflow } from '../editor/workflow.ts';
import { completeYaml, hoverYaml } from '../editor/yaml.ts';
import { toAction, toEdit, toItems, toProblem, toRange, toSymbol } from './protocol.ts';
import { type OpenText, type SuppressOf, Texts } from './texts.ts';

/** The texts that are open in the editor, by their addresses. */
type Documents = { get(uri: string): TextDocument | undefined };
type Named<Params> = Params & { readonly textDocument: { readonly uri: string } };

/** What is answered to each request of an editor; null where a text has nothing to say. */
export class Answers {
  readonly #documents: Documents;
  readonly #texts: Texts;

  constructor(documents: Documents, suppressOf: SuppressOf) {
    this.#documents = documents;
    this.#texts = new Texts(suppressOf);
  }

  /** The findings in a text; undefined for what is not certflow's matter, and once there is a later version. */
  async problems(document: TextDocument): Promise<Diagnostic[] | undefined> {
    const read = await this.#read(document);
    return this.#documents.get(document.uri)?.version === document.version ? read?.problems.map(toProblem) : undefined;
  }

  forget(uri: string) {
    this.#texts.forget(uri);
  }

  /** What is known of a place, and the pages of the rules that find something there. */
  async hover(params: TextDocumentPositionParams): Promise<Hover | null> {
    const known = await this.#known(params);
    const rules = await this.#inText(params, ({ problems }, document) => {
      const offset = document.offsetAt(params.position);
      const here = problems.filter(({ range }) => range && range.start.offset <= offset && offset <= range.end.offset);
      return [...new Set(here.map(({ rule }) => rule))];
    });
    const pages = (await Promise.all((rules ?? []).map(pageOf))).flat();
    const texts = [...(known ? [known.markdown] : []), ...pages];
    if (texts.length === 0) return null;
    return {
      contents: { kind: 'markdown', value: texts.join('\n\n---\n\n') },
      ...(known?.range && { range: toRange(known.range) }),
    };
  }

  async #known(params: TextDocumentPositionParams): Promise<{ markdown: string; range?: TextRange } | null> {
    const yaml = await this.#inText(params, ({ kind }, document) =>
      kind === 'workflow' ? undefined : hoverYaml(kind, document.getText(), document.offsetAt(params.position)),
    );
    return yaml ? { markdown: yaml } : this.#atPlace(params, hoverAt);
  }

  completion(params: TextDocumentPositionParams): Promise<CompletionItem[] | null> {
    return this.#inText(params, ({ kind }, document) => {
      const [text, offset] = [document.getText(), document.offsetAt(params.position)];
      const workflows = kind === 'workflow' ? this.#texts.lastWorkflows(document.uri) : [];
      const found =
        kind === 'workflow'
          ? workflows.map((workflow) => completeAt(workflow, text, offset)).find((one) => one !== undefined)
          : completeYaml(kind, text, offset);
      return found ? toItems(document, offset, found) : [];
    });
  }

  definition(params: TextDocumentPositionParams): Promise<Location[] | null> {
    return this.#atName(params, (workflow, name, { uri }) =>
      declarationsOf(workflow, name).map((range) => ({ uri, range: toRange(range) })),
    );
  }

  references(params: ReferenceParams): Promise<Location[] | null> {
    return this.#atName(params, (workflow, name, { uri }) =>
      sameNames(workflow, name, params.context.includeDeclaration).map((range) => ({ uri, range: toRange(range) })),
    );
  }

  prepareRename(params: TextDocumentPositionParams): Promise<{ range: Range; placeholder: string } | null> {
    return this.#atName(params, (_, { kind, name, range }) =>
      kind === 'action' || kind === 'variable' ? { range: toRange(range), placeholder: name } : undefined,
    );
  }

  /** Rejects with a UsageError for a name that cannot be. */
  rename(params: RenameParams): Promise<WorkspaceEdit | null> {
    return this.#atName(params, (workflow, name, document) => {
      const edits = renameEdits(workflow, name, params.newName).map((edit) => toEdit(document, edit));
      return { changes: { [document.uri]: edits } };
    });
  }

  symbols(params: Named<object>): Promise<DocumentSymbol[] | null> {
    return this.#inText(params, ({ workflows }) => workflows.flatMap((workflow) => symbolsOf(workflow).map(toSymbol)));
  }

  actions({ textDocument, range }: CodeActionParams): Promise<CodeAction[] | null> {
    return this.#inText({ textDocument }, ({ problems, workflows: [workflow] }, document) => {
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      const here = problems.filter((one) => one.range && one.range.start.offset <= end && one.range.end.offset >= start);
      return here.flatMap((problem) =>
        fixesOf(problem).flatMap((fix) => {
          const edits = workflow && textEditsOf(fix, workflow.locator);
          return edits ? [toAction(document, problem, fix.description, edits)] : [];
        }),
      );
    });
  }

  #read(document: TextDocument): Promise<OpenText | undefined> {
    return this.#texts.read(document.uri, pathOf(document.uri), document.getText(), document.version);
  }

  async #inText<Answer>(
    { textDocument: { uri } }: Named<object>,
    answer: (read: OpenText, document: TextDocument) => Answer,
  ): Promise<Answer | null> {
    const document = this.#documents.get(uri);
    const read = document && (await this.#read(document));
    return read ? answer(read, document) : null;
  }

  #atPlace<Answer>(
    params: TextDocumentPositionParams,
    answer: (workflow: EditedWorkflow, offset: number, document: TextDocument) => Answer | undefined,
  ): Promise<Answer | null> {
    return this.#inText(params, ({ workflows }, document) => {
      const offset = document.offsetAt(params.position);
      for (const workflow of workflows) {
        const found = workflow.at(offset) && answer(workflow, offset, document);
        if (found !== undefined) return found;
      }
      return null;
    });
  }

  #atName<Answer>(
    params: TextDocumentPositionParams,
    answer: (
      workflow: EditedWorkflow,
      name: NonNullable<ReturnType<typeof nameAt>>,
      document: TextDocument,
    ) => Answer | undefined,
  ): Promise<Answer | null> {
    return this.#atPlace(params, (workflow, offset, document) => {
      const name = nameAt(workflow, offset);
      return name && answer(workflow, name, document);
    });
  }
}

/** What a rule's page says before its examples; nothing of what has no page, such as a mistake in a test file. */
async function pageOf(rule: string): Promise<string[]> {
  const { rulePages } = await import('../generated/rule-pages.ts');
  const page = Object.hasOwn(rulePages, rule) ? rulePages[rule] : undefined;
  return page === undefined ? [] : [(page.split(/\n## /)[0] ?? '').trim()];
}

/** The path of a text; one that has none yet is called by its address. */
function pathOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
