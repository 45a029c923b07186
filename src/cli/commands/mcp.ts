import type { Command } from 'commander';
import { version } from '../../generated/version.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { standardStreams } from '../process-terminal.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[folders...]', 'what may be read where the client gives no folders (roots); without any, no file is read')
    .action(context.run((folders: string[]) => run(folders)));
  examples(command, [
    ['certflow mcp', 'started by an agent: docs/agents.md says how'],
    ['certflow mcp flows', 'for a client that gives no roots'],
  ]);
}

async function run(folders: readonly string[]): Promise<ExitCode> {
  const { serveMcp } = await import('../../mcp/server.ts');
  await serveMcp({ ...standardStreams(), version, folders });
  return 0;
}
