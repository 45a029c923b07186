import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { examples } from './command.ts';

/** Adds the command `complete`. Called when all others are there with their options, since it offers those. */
export function addCompletion(program: Command) {
  tab(program);
  const command = program.commands.find((added) => added.name() === 'complete');
  if (!command) throw new Error('the command "complete" was not added');
  examples(command, [
    ['certflow complete bash > ~/.certflow-completion.bash', 'then source it in ~/.bashrc'],
    ['certflow complete powershell >> $PROFILE', 'for PowerShell'],
  ]);
}
