import type { Command } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { suggest } from '../../diagnostics/words.ts';
import { rulePages } from '../../generated/rule-pages.ts';
import { checkedRules } from '../all-rules.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<rule>', 'name of a rule, as it stands behind a finding')
    .option('--json', 'print the result as JSON')
    .action(context.run(async (name: string, options: { json?: true }) => run(name, options, context)));
  examples(command, [['certflow explain get-secret-outputs', 'what it means, a bad and a good example']]);
}

function run(name: string, { json }: { json?: true }, { output }: CommandContext): ExitCode {
  const page = Object.hasOwn(rulePages, name) ? rulePages[name] : undefined;
  if (page === undefined) throw new UsageError(`there is no rule "${name}": ${suggest(name, Object.keys(rulePages), 'rules')}`);
  // Findings about a spec and about reading have pages of their own kind, and are not in the list of what is checked.
  if (json) output.json({ name, ...checkedRules.find((rule) => rule.name === name), page });
  else output.result(page);
  return 0;
}
