// The page of an editor that others made, CodeMirror with its client of language servers, beside certflow's server.
import { currentCompletions, startCompletion } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { forEachDiagnostic } from '@codemirror/lint';
import { jumpToDefinition, LSPClient, languageServerExtensions, type Transport } from '@codemirror/lsp-client';
import { EditorView, type EditorViewConfig } from '@codemirror/view';

interface Given {
  readonly uri: string;
  readonly text: string;
  readonly use: string;
  readonly unfinished: string;
}

const ask = async (path: string, body: unknown = '') => {
  const answer = await fetch(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return answer.status === 204 ? undefined : answer.json();
};

/** Over requests of the page: a message goes with each, those of the server are waited for. */
function transport(): Transport {
  const handlers = new Set<(message: string) => void>();
  (async () => {
    for (;;) for (const message of (await ask('/receive')) as string[]) for (const handle of handlers) handle(message);
  })();
  return {
    send: (message) => void ask('/send', message),
    subscribe: (handle) => void handlers.add(handle),
    unsubscribe: (handle) => void handlers.delete(handle),
  };
}

async function until<Result>(look: () => Result | undefined): Promise<Result> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Of the page, as much as is used: the project is not written for pages. */
const { document } = globalThis as unknown as {
  document: { body: { attachShadow(options: { mode: 'open' }): NonNullable<EditorViewConfig['root']> } };
};
// Its styles are put into the page as text, unless it stands in a tree of its own: the policy lets no such text in.
const root = document.body.attachShadow({ mode: 'open' }) as never;
const given = (await (await fetch('/given')).json()) as Given;
/** The longest that a timer takes: the client would give up after three seconds, which a busy machine needs. */
const noLimit = 2 ** 31 - 1;
const client = new LSPClient({ extensions: languageServerExtensions(), timeout: noLimit }).connect(transport());
const extensions = [json(), client.plugin(given.uri, 'json')];
const view = new EditorView({ doc: given.text, extensions, root, parent: root });

const findings = await until(() => {
  const words: string[] = [];
  forEachDiagnostic(view.state, ({ message }) => words.push(message));
  return words.length > 0 ? words : undefined;
});

const use = given.text.indexOf(given.use);
view.dispatch({ selection: { anchor: use + given.use.length } });
jumpToDefinition(view);
const declared = await until(() => (view.state.selection.main.from < use ? view.state.selection.main.from : undefined));

const place = given.text.indexOf(given.use);
view.dispatch({ changes: { from: place, insert: given.unfinished }, selection: { anchor: place + given.unfinished.length } });
startCompletion(view);
const labels = await until(() => {
  const found = currentCompletions(view.state);
  return found.length > 0 ? found.map(({ label }) => label) : undefined;
});
await ask('/told', { findings, declared: view.state.sliceDoc(declared, declared + 12), labels });
