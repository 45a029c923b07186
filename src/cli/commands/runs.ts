import type { Command } from 'commander';
import { addSubcommands, type CommandContext, examples } from '../command.ts';
import * as cancel from '../runs/cancel.ts';
import * as list from '../runs/list.ts';
import * as resubmit from '../runs/resubmit.ts';
import * as show from '../runs/show.ts';

const subcommands = [
  { name: 'list', summary: 'list the latest runs', configure: list.configure, isDefault: true },
  { name: 'show', summary: 'show a run action by action, with what its errors mean', configure: show.configure },
  { name: 'cancel', summary: 'end a run that goes on', configure: cancel.configure },
  { name: 'resubmit', summary: 'run again, with what the trigger was given then', configure: resubmit.configure },
];

export function configure(command: Command, context: CommandContext) {
  addSubcommands(command, context, subcommands);
  examples(command, [
    ['certflow runs hr.yaml -e dev', 'the latest runs: the same as certflow runs list'],
    ['certflow runs show latest', 'what the last run did, and why it failed'],
  ]);
}
