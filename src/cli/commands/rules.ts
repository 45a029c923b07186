import type { Command } from 'commander';
import { rules } from '../../check/rules/index.ts';
import { packageRules } from '../../formats/package-rules.ts';
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
  const list = [...rules, ...packageRules].map(({ name, severity, category, summary }) => ({
    name,
    severity,
    category,
    summary,
    docs: `docs/rules/${name}.md`,
  }));
  if (json) output.json({ rules: list });
  else {
    const width = Math.max(...list.map(({ name }) => name.length));
    const line = ({ name, severity, category, summary }: (typeof list)[number]) =>
      `${name.padEnd(width)}  ${severity.padEnd(7)}  ${category.padEnd(11)}  ${summary}`;
    output.result(list.map(line).join('\n'));
  }
  return 0;
}
