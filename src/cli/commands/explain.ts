import type { Command } from 'commander';
import { rules } from '../../check/rules/index.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { suggest } from '../../diagnostics/words.ts';
import { packageRules } from '../../formats/package-rules.ts';
import { rulePages } from '../../generated/rule-pages.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<rule>', 'name of a rule, as it stands behind a finding')
    .option('--json', 'print the result as JSON')
    .action(context.run(async (name: string, options: { json?: true }) => run(name, options, context)));
  examples(command, [['certflow explain get-secret-outputs', 'what it means, a bad and a good example']]);
}

function run(name: string, { json }: { json?: true }, { output }: CommandContext): ExitCode {
  const all = [...rules, ...packageRules];
  const names = all.map((rule) => rule.name);
  const rule = all.find((other) => other.name === name);
  const page = rulePages[name];
  if (!rule || page === undefined) throw new UsageError(`there is no rule "${name}": ${suggest(name, names, 'rules')}`);
  const { severity, category, summary } = rule;
  if (json) output.json({ name, severity, category, summary, page });
  else output.result(page);
  return 0;
}
