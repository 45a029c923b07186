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
  explained(command, 'Examples', lines);
}

/** Terms below the options of `--help`, each with its explanation: beside it, or below it where there are long terms. */
export function explained(command: Command, title: string, rows: readonly (readonly [term: string, what: string])[]) {
  const width = Math.max(...rows.map(([term]) => term.length));
  command.addHelpText('after', () => {
    const help = Object.assign(command.createHelp(), { minWidthToWrap: 20 });
    help.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 });
    const isBelow = width > 48;
    const lines = rows.map(([term, what]) => (isBelow ? `  ${term}\n      ${what}` : help.formatItem(term, width, what, help)));
    return `\n${title}:\n${lines.join('\n')}${title === 'Examples' ? '\n' : ''}`;
  });
}

/** Commands below a command. */
export function addSubcommands(
  command: Command,
  context: CommandContext,
  subcommands: readonly ({ readonly name: string; readonly summary: string; readonly isDefault?: boolean } & CommandModule)[],
) {
  for (const { name, summary, configure, isDefault = false } of subcommands) {
    const subcommand = command
      .command(name, { isDefault })
      .summary(summary)
      .description(summary)
      .option('--debug', 'show where an unexpected error came from');
    configure(subcommand, context);
  }
}
