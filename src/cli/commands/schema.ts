import { Argument, type Command } from 'commander';
import schema from '../../../schemas/certflow.schema.json' with { type: 'json' };
import { toJson } from '../../formats/writing/json.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

/** By what they describe. */
const schemas = {
  spec: async () => schema,
  test: async () => (await import('../../../schemas/test.schema.json', { with: { type: 'json' } })).default,
  definition: async () => (await import('../../../schemas/definition.schema.json', { with: { type: 'json' } })).default,
  'certificate-workflow': async () =>
    (await import('../../../schemas/certificate-workflow.schema.json', { with: { type: 'json' } })).default,
  check: async () => (await import('../../../schemas/check.schema.json', { with: { type: 'json' } })).default,
  cloud: async () => (await import('../../../schemas/cloud.schema.json', { with: { type: 'json' } })).default,
};

export function configure(command: Command, context: CommandContext) {
  command
    .addArgument(new Argument('[file]', 'of which file').choices(Object.keys(schemas)).default('spec'))
    .option('--json', 'the schema is JSON anyway: changes nothing')
    .action(context.run(async (file: keyof typeof schemas) => run(file, context)));
  examples(command, [
    ['certflow schema > certflow.schema.json', 'for editors: # yaml-language-server: $schema=./certflow.schema.json'],
    ['certflow schema test > certflow-test.schema.json', 'of *.certflow-test.yaml'],
    ['certflow schema definition > definition.schema.json', 'of workflow definitions'],
  ]);
}

async function run(file: keyof typeof schemas, { output }: CommandContext): Promise<ExitCode> {
  output.json(await schemas[file]());
  return 0;
}

/** The schema of certflow.yaml as text, as files have it. */
export const schemaText = toJson(schema);
