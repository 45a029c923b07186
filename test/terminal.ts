import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { folderOf } from './folder.ts';
import { until } from './until.ts';

const program = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url));

/** A terminal of 80 columns and 24 rows with a shell in it, in which `certflow` is the built command line. */
export class Terminal {
  readonly #screen = new xterm.Terminal({ cols: 80, rows: 24, scrollback: 10_000, allowProposedApi: true });
  readonly #shell: IPty;
  /** Exit codes of what was run, in its order; the shell tells each before it prompts. */
  readonly #codes: number[] = [];
  /** The row that the last command was typed in. */
  #from = 0;

  /** What is typed is run in `folder`. */
  constructor(folder: string) {
    // As in a clone, where npx finds the package around it.
    const script = (shift: string) => `#!/bin/sh\n${shift}exec "${process.execPath}" "${program}" "$@"\n`;
    const bin = folderOf({ certflow: script(''), npx: script('shift\n') });
    for (const name of ['certflow', 'npx']) chmodSync(join(bin, name), 0o755);
    const { PATH = '', HOME = '' } = process.env;
    const env = {
      PATH: `${bin}${delimiter}${PATH}`,
      HOME,
      TERM: 'xterm-256color',
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      PS1: '$ ',
      // As terminals are told of the end of a command (OSC 133).
      PROMPT_COMMAND: String.raw`printf '\e]133;D;%s\a' "$?"`,
    };
    this.#screen.parser.registerOscHandler(133, (data) => {
      this.#codes.push(Number(data.split(';')[1]));
      return true;
    });
    this.#shell = spawn('bash', ['--norc', '--noprofile', '--noediting'], { cols: 80, rows: 24, cwd: folder, env });
    this.#shell.onData((data) => this.#screen.write(data));
    onTestFinished(() => this.#shell.kill('SIGKILL'));
  }

  /** Types a line, answers what is asked, and waits for its end. Gives the exit code and what the terminal then shows of it. */
  async run(line: string, answers: readonly Answer[] = []): Promise<{ readonly code: number; readonly shown: string }> {
    const before = await this.start(line);
    for (const { asked, keys } of answers) {
      await this.shows(asked);
      this.#shell.write(keys);
    }
    await until(() => this.#codes.length > before);
    return { code: this.#codes[before] ?? -1, shown: this.shown() };
  }

  /** Types a line, and waits for nothing but the prompt. Gives how many commands have ended before it. */
  async start(line: string): Promise<number> {
    await until(() => this.#codes.length > 0);
    this.#from = this.#cursorRow;
    const before = this.#codes.length;
    this.#shell.write(`${line}\r`);
    return before;
  }

  /** Ctrl-C; waits for the prompt. */
  async interrupt(): Promise<void> {
    const before = this.#codes.length;
    this.#shell.write('\u0003');
    await until(() => this.#codes.length > before);
  }

  /** Waits until a text is on the terminal since the last command was typed. */
  async shows(text: string | RegExp): Promise<void> {
    await until(() => (typeof text === 'string' ? this.shown().includes(text) : text.test(this.shown())));
  }

  /** What is seen since the last command was typed; rows that the terminal broke, which somebody copies as one, are one. */
  shown(): string {
    return this.#lines()
      .join('\n')
      .replace(/\n\$\s*$/, '')
      .trimEnd();
  }

  /** The commands that were printed on lines of their own since then. */
  printedCommands(): string[] {
    return this.#lines().flatMap((line) => /^ {2}(certflow \S.*)$/.exec(line)?.[1] ?? []);
  }

  #lines(): string[] {
    const { active } = this.#screen.buffer;
    const lines: string[] = [];
    for (let row = this.#from; row < active.length; row++) {
      const text = active.getLine(row)?.translateToString(true) ?? '';
      lines.push(active.getLine(row)?.isWrapped ? `${lines.pop() ?? ''}${text}` : text);
    }
    return lines;
  }

  get #cursorRow(): number {
    const { baseY, cursorY } = this.#screen.buffer.active;
    return baseY + cursorY;
  }
}

export interface Answer {
  readonly asked: string | RegExp;
  /** As the terminal sends them: `\r` is Enter. */
  readonly keys: string;
}

/** What differs from run to run, in as many characters: ports, ids that are made, times, durations, thumbprints, and the folder. */
export function masked(text: string, folder: string): string {
  const sameLength = (found: string) => found.replaceAll(/[\da-zA-Z]/g, '#');
  return text
    .replaceAll(folder, '/home/me/flows')
    .replaceAll(/(?<=127\.0\.0\.1:|localhost:)\d+/g, sameLength)
    .replaceAll(/\b(?!(\d)\1{7}-)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g, sameLength)
    .replaceAll(/\b0[\dA-Z]{20,}\b/g, sameLength)
    .replaceAll(/\b[\dA-F]{40}\b/g, sameLength)
    .replaceAll(/\b20\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?/g, sameLength)
    .replaceAll(/\b\d\d:\d\d:\d\d\b/g, sameLength)
    .replaceAll(/ +(?:\d+ min )?\d+(?:\.\d+)? s\b/g, ' # s');
}
