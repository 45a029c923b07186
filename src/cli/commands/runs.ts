import type { Command } from 'commander';
import type { CommandContext, CommandModule } from '../command.ts';
import * as cancel from '../runs/cancel.ts';
import * as list from '../runs/list.ts';
import * as resubmit from '../runs/resubmit.ts';
import * as show from '../runs/show.ts';

const subcommands: readonly ({ name: string; summary: string } & CommandModule)[] = [
  { name: 'list', summary: 'list the latest runs', configure: list.configure },
  { name: 'show', summary: 'show a run action by action, with what its errors mean', configure: show.configure },
  { name: 'cancel', summary: 'end a run that goes on', configure: cancel.configure },
  { name: 'resubmit', summary: 'run again, with what the trigger was given then', configure: resubmit.configure },
];

export function configure(command: Command, context: CommandContext) {
  for (const { name, summary, configure } of subcommands) {
    const subcommand = command
      .command(name)
      .summary(summary)
      .description(summary)
      .option('--debug', 'show where an unexpected error came from');
    configure(subcommand, context);
  }
}
