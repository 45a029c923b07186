import { Argument, type Command } from 'commander';
import schema from '../../../schemas/certflow.schema.json' with { type: 'json' };
import { toJson } from '../../formats/writing/json.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

const json = { with: { type: 'json' } } as const;

/** By name: what reads the schema. */
const schemas = {
  certflow: async () => schema,
  definition: async () => (await import('../../../schemas/definition.schema.json', json)).default,
  'certificate-workflow': async () => (await import('../../../schemas/certificate-workflow.schema.json', json)).default,
  check: async () => (await import('../../../schemas/check.schema.json', json)).default,
  cloud: async () => (await import('../../../schemas/cloud.schema.json', json)).default,
};

export function configure(command: Command, context: CommandContext) {
  const name = new Argument('[name]', 'which schema').choices(Object.keys(schemas)).default('certflow');
  command
    .addArgument(name)
    .option('--json', 'the schema is JSON anyway: changes nothing')
    .action(context.run(async (name: keyof typeof schemas) => run(name, context)));
  examples(command, [
    ['certflow schema > certflow.schema.json', 'for editors: # yaml-language-server: $schema=./certflow.schema.json'],
    ['certflow schema definition > definition.schema.json', 'for workflow definitions'],
  ]);
}

async function run(name: keyof typeof schemas, { output }: CommandContext): Promise<ExitCode> {
  output.json(await schemas[name]());
  return 0;
}

/** The schema of certflow.yaml as text, as files have it. */
export const schemaText = toJson(schema);
