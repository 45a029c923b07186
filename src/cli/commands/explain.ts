import type { Command } from 'commander';
import { type ExplainedCode, explain } from '../../library/explain.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<name>', 'a rule, as it stands behind a finding; or a code that Azure answers with, such as AADSTS700027')
    .option('--json', 'print the result as JSON')
    .action(context.run(async (name: string, options: { json?: true }) => run(name, options, context)));
  examples(command, [
    ['certflow explain get-secret-outputs', 'what it means, an example and its cure'],
    ['certflow explain AADSTS700027', 'where a code of Azure comes from, and what to do'],
  ]);
}

async function run(name: string, { json }: { json?: true }, { output }: CommandContext): Promise<ExitCode> {
  const explained = await explain(name);
  if (json) output.json(explained);
  else output.result('page' in explained ? explained.page : [explained, ...(explained.others ?? [])].map(told).join('\n\n'));
  return 0;
}

function told({ code, service, cause, cure }: Omit<ExplainedCode, 'docs'>): string {
  return `${code} (${service})\n\n${cause}\n${cure}`;
}
