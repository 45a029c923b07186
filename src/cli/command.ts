import type { Command } from 'commander';
import type { Output, Terminal } from './output.ts';

/** What a file in commands/ exports. */
export interface CommandModule {
  /** Adds arguments, options and examples to the command, and calls `run` with what it does; `run` gives the exit code. */
  readonly configure: (command: Command, context: CommandContext) => void;
}

export interface CommandContext {
  readonly output: Output;
  /** Variables of the environment. */
  readonly env: Terminal['env'];
  /** Wraps an action so that its result becomes the exit code of the process. */
  readonly run: <Arguments extends unknown[]>(
    action: (...given: Arguments) => Promise<ExitCode>,
  ) => (...given: Arguments) => Promise<void>;
}

/** 0 fine; 1 problems found, not signed in or refused by the service; 2 wrong use or unreadable input; 3 a plan with changes. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Examples below the options of `--help`. */
export function examples(command: Command, lines: readonly [command: string, what: string][]) {
  const width = Math.max(...lines.map(([line]) => line.length));
  command.addHelpText('after', `\nExamples:\n${lines.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`).join('\n')}\n`);
}

/** Commands below a command. */
export function addSubcommands(
  command: Command,
  context: CommandContext,
  subcommands: readonly ({ readonly name: string; readonly summary: string } & CommandModule)[],
) {
  for (const { name, summary, configure } of subcommands) {
    const subcommand = command
      .command(name)
      .summary(summary)
      .description(summary)
      .option('--debug', 'show where an unexpected error came from');
    configure(subcommand, context);
  }
}
