import type { Command } from 'commander';
import { type ExplainedCode, explain } from '../../library/explain.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument(
      '<what...>',
      'a rule, as it stands behind a finding; a code that a service answers with, such as AADSTS700027; or a whole message',
    )
    .option('--json', 'print the result as JSON')
    .action(context.run(async (what: string[], options: { json?: true }) => run(what.join(' '), options, context)));
  examples(command, [
    ['certflow explain get-secret-outputs', 'what it means, an example and its cure'],
    ['certflow explain AADSTS700027', 'where a code comes from, and what to do'],
    ['certflow explain "Keyset does not exist"', 'the same for a message without a code'],
  ]);
}

async function run(what: string, { json }: { json?: true }, { output }: CommandContext): Promise<ExitCode> {
  const explained = await explain(what);
  if (json) output.json(explained);
  else output.result('page' in explained ? explained.page : [explained, ...(explained.others ?? [])].map(told).join('\n\n'));
  return 0;
}

function told({ code, service, cause, cure, source }: Omit<ExplainedCode, 'docs'>): string {
  return `${code} (${service})\n\n${cause}\n${cure}\nSee ${source}`;
}
