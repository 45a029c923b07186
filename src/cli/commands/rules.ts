import type { Command } from 'commander';
import { checkedRules } from '../../library/all-rules.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .option('--json', 'print the list as JSON')
    .action(context.run(async (options: { json?: true }) => run(options, context)));
  examples(command, [
    ['certflow rules', 'a line for each rule'],
    ['certflow rules --json', 'with the pages about them'],
  ]);
}

function run({ json }: { json?: true }, { output }: CommandContext): ExitCode {
  if (json) output.json({ rules: checkedRules });
  else {
    const width = Math.max(...checkedRules.map(({ name }) => name.length));
    const line = ({ name, severity, category, summary }: (typeof checkedRules)[number]) =>
      `${name.padEnd(width)}  ${severity.padEnd(7)}  ${category.padEnd(11)}  ${summary}`;
    output.result(checkedRules.map(line).join('\n'));
  }
  return 0;
}
