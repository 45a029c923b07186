import type { Command } from 'commander';
import { version } from '../../generated/version.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { standardStreams } from '../process-terminal.ts';

export function configure(command: Command, context: CommandContext) {
  command.option('--stdio', 'speak over standard input and output, which it does anyway').action(context.run(() => run(context)));
  examples(command, [['certflow lsp', 'started by an editor: docs/editors.md says how']]);
}

async function run({ output }: CommandContext): Promise<ExitCode> {
  const { serve } = await import('../../language-server/server.ts');
  await serve({
    ...standardStreams(),
    version,
    suppressOf: async (path) => {
      const { checkedRules } = await import('../../library/all-rules.ts');
      const { suppressionsFor } = await import('../check/suppress.ts');
      const ruleNames = checkedRules.map(({ name }) => name);
      return (await suppressionsFor(path, { isUpdating: false, ruleNames, output })).suppress;
    },
  });
  return 0;
}
