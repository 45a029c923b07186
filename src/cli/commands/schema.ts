import type { Command } from 'commander';
import schema from '../../../schemas/certflow.schema.json' with { type: 'json' };
import { toJson } from '../../formats/writing/json.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command.option('--json', 'the schema is JSON anyway: changes nothing').action(context.run(async () => run(context)));
  examples(command, [
    ['certflow schema > certflow.schema.json', 'for editors: # yaml-language-server: $schema=./certflow.schema.json'],
  ]);
}

function run({ output }: CommandContext): ExitCode {
  output.json(schema);
  return 0;
}

/** The schema's text, as files have it. */
export const schemaText = toJson(schema);
