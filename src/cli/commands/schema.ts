import { Argument, type Command } from 'commander';
import schema from '../../../schemas/certflow.schema.json' with { type: 'json' };
import testSchema from '../../../schemas/test.schema.json' with { type: 'json' };
import { toJson } from '../../formats/writing/json.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

const schemas = { spec: schema, test: testSchema } as const;

export function configure(command: Command, context: CommandContext) {
  command
    .addArgument(new Argument('[file]', 'of which file').choices(Object.keys(schemas)).default('spec'))
    .option('--json', 'the schema is JSON anyway: changes nothing')
    .action(context.run(async (file: keyof typeof schemas) => run(file, context)));
  examples(command, [
    ['certflow schema > certflow.schema.json', 'for editors: # yaml-language-server: $schema=./certflow.schema.json'],
    ['certflow schema test > certflow-test.schema.json', 'of *.certflow-test.yaml'],
  ]);
}

function run(file: keyof typeof schemas, { output }: CommandContext): ExitCode {
  output.json(schemas[file]);
  return 0;
}

/** The schema's text, as files have it. */
export const schemaText = toJson(schema);
