import { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { painted, type Words } from '../diagnostics/line.ts';
import { renderGitHub } from '../diagnostics/render-github.ts';
import { countBySeverity, renderPretty } from '../diagnostics/render-pretty.ts';
import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import { escapeSteering, show, showJson } from '../diagnostics/show.ts';
import type { Call } from '../next/call.ts';
import { jsonInCall, wordsInCall } from '../next/in-call.ts';
import { programOf, toBeNamed } from './call-of.ts';
import { LiveLines } from './live-lines.ts';
import { pageIn } from './pages.ts';
import { Redactor, type Revealed } from './redactor.ts';
import type { Rows } from './rows.ts';

/** Where output goes: the process's own streams, or a test's. */
export interface Terminal {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file that Node was given. */
  readonly script?: string | undefined;
}

export interface Sink {
  readonly write: (text: string) => unknown;
  /** Whether a person looks at it. */
  readonly isTTY: boolean;
  /** Characters in a line, where that is known. */
  readonly columns?: number;
}

/** How lines stand on those streams that a person looks at. */
export interface RowsOfStreams {
  readonly stdout?: Rows | undefined;
  readonly stderr?: Rows | undefined;
}

const colours = { ok: 'green', error: 'red', warning: 'yellow', info: 'cyan', strong: 'bold', faint: 'dim' } as const;

/**
 * The one place that writes to the terminal: results to stdout, everything else to stderr. Words pass `show`, whoever says them: secrets
 * are hidden, characters that steer are escaped, long values are cut, and only then is painted what was said to be painted.
 */
export class Output {
  readonly #terminal: Terminal;
  readonly #texts = new Map<string, string>();
  readonly #redactor = new Redactor();
  readonly #rows: RowsOfStreams;
  #live: LiveLines | undefined;
  /** How certflow was called, which the commands say that it prints. */
  call: Call;

  /** Lines are wrapped where `rows` says how; elsewhere somebody else reads them, or a program. */
  constructor(terminal: Terminal, rows: RowsOfStreams = {}) {
    this.#terminal = terminal;
    this.#rows = rows;
    this.call = { program: programOf(terminal) };
  }

  /** Prints what is about one spec, in one environment, of several that the command was called with. */
  concerning<Result>(about: Partial<Call>, act: () => Result): Result {
    const { call } = this;
    this.call = { ...call, ...about, ...(about.specs && { specs: toBeNamed(about.specs) }) };
    try {
      return act();
    } finally {
      this.call = call;
    }
  }

  /** Hides this value from now on, wherever it would be printed. */
  addSecret(value: string) {
    this.#redactor.add(value);
  }

  /** A result for a person or a pipe. */
  result(words: Words) {
    this.#say('stdout', words);
  }

  /** A file, a script or what is to be copied: as it is, but for secrets that are known. */
  text(text: string) {
    this.#write('stdout', `${this.#redactor.redact(text)}\n`);
  }

  /** A result for a program, one JSON document. A `Revealed` in it is written out. */
  json(value: unknown) {
    this.#write('stdout', `${showJson(JSON.stringify(this.#redactor.redactValue(value), jsonIn(this.call), 2))}\n`);
  }

  /** A result that shows a secret, the one time that it is shown. */
  reveal(label: string, { value }: Revealed) {
    this.#write('stdout', `${label}${escapeSteering(value)}\n`);
  }

  /** A word on the side. */
  note(words: Words) {
    this.#say('stderr', words);
  }

  /** Takes what is shown of something long away, for a question. */
  clear() {
    this.#live?.clear();
  }

  /** Shows how something long goes on, while `act` does it; what became of it is told by a result or an error. */
  async following<Result>(act: (lines: LiveLines) => Promise<Result>): Promise<Result> {
    const { stderr, env } = this.#terminal;
    const rows = env.TERM === 'dumb' ? undefined : this.#rows.stderr;
    this.#live = new LiveLines(stderr, (words) => this.#shown('stderr', wordsInCall(words, this.call)), rows);
    try {
      const result = await act(this.#live);
      this.#live.clear();
      return result;
    } finally {
      this.#live = undefined;
    }
  }

  /**
   * Shows how far something long has come, in a line on a terminal that is gone at the end; elsewhere nothing. `tell` may be called at
   * any rate: it is asked for words from the first half second on, ten times a second.
   */
  async progressing<Result>(act: (tell: (words: () => string) => void) => Promise<Result>): Promise<Result> {
    if (!this.#rows.stderr || this.#terminal.env.TERM === 'dumb') return act(() => {});
    let next = Date.now() + 500;
    return this.following(async (lines) => {
      try {
        return await act((words) => {
          if (Date.now() < next) return;
          next = Date.now() + 100;
          lines.set('progress', words());
        });
      } finally {
        lines.clear();
      }
    });
  }

  /** What the parser of the command line says, with its line ends. */
  write(stream: 'stdout' | 'stderr', text: string) {
    this.#write(stream, this.#shown(stream, text));
  }

  error(message: string) {
    // A secret may go over lines.
    const [first = '', ...more] = hideSecretForms(this.#redactor.redact(message)).split(/\r?\n/);
    this.note([[painted('error', 'error'), `: ${first}`], ...more]);
  }

  /** Findings, for a person, with their source lines where the file's text was remembered. */
  diagnostics(diagnostics: readonly Diagnostic[]) {
    if (diagnostics.length === 0) return;
    this.note(renderPretty(diagnostics, (file) => this.#texts.get(file), { columns: this.#rows.stderr?.columns }));
    this.note(countBySeverity(diagnostics));
  }

  /**
   * Findings that are themselves the result, for a person. `textOf` gives the text of a file, for its source lines, in which what the
   * findings `secrets` are about is hidden.
   */
  findings(
    diagnostics: readonly Diagnostic[],
    textOf: (file: string) => string | undefined,
    secrets: readonly Diagnostic[] = diagnostics,
  ) {
    if (diagnostics.length > 0) this.result(renderPretty(diagnostics, textOf, { secrets, columns: this.#rows.stdout?.columns }));
  }

  /** Findings as commands to GitHub Actions: the only lines that CI takes for commands. */
  annotations(diagnostics: readonly Diagnostic[]) {
    if (diagnostics.length > 0) this.#write('stdout', `${this.#redactor.redact(renderGitHub(diagnostics))}\n`);
  }

  /** Lets findings about this file show its lines. */
  remember(file: string, text: string) {
    this.#texts.set(file, text);
  }

  #say(stream: 'stdout' | 'stderr', words: Words) {
    this.#write(stream, `${this.#shown(stream, wordsInCall(words, this.call))}\n`);
  }

  /** Lines that change in place stay below. */
  #write(stream: 'stdout' | 'stderr', text: string) {
    this.#live?.erase();
    this.#terminal[stream].write(text);
    this.#live?.draw();
  }

  #shown(stream: 'stdout' | 'stderr', words: Words): string {
    const isColoured = this.#isColoured(this.#terminal[stream]);
    const { wrap } = this.#rows[stream] ?? {};
    return show(words, {
      redact: (text) => this.#redactor.redact(text),
      ...(wrap && { wrap }),
      ...(isColoured && { paint: (style, text) => styleText(colours[style], text, { validateStream: false }) }),
    });
  }

  #isColoured({ isTTY }: Sink): boolean {
    const { env } = this.#terminal;
    if (env.NO_COLOR) return false;
    return env.FORCE_COLOR ? !/^(?:0|false)$/.test(env.FORCE_COLOR) : isTTY && env.TERM !== 'dumb';
  }
}

/** For JSON.stringify: where pages are read, and commands as they would have to be called. */
function jsonIn(call: Call) {
  return function (this: unknown, key: string, value: unknown): unknown {
    return jsonInCall(key, pageIn.call(this, key, value), call);
  };
}
