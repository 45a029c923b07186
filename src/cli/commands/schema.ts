import { Argument, type Command } from 'commander';
import schema from '../../../schemas/certflow.schema.json' with { type: 'json' };
import { toJson } from '../../formats/writing/json.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { addTextOut, giveText, type TextOutOptions } from '../text-out.ts';

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
    .option('--json', 'print the result as JSON, which the schema is anyway');
  addTextOut(command).action(context.run((file: keyof typeof schemas, options: TextOutOptions) => run(file, options, context)));
  examples(command, [
    ['certflow schema --out certflow.schema.json', 'for editors: # yaml-language-server: $schema=./certflow.schema.json'],
    ['certflow schema test --out certflow-test.schema.json', 'of *.certflow-test.yaml'],
    ['certflow schema definition --out definition.schema.json', 'of workflow definitions'],
  ]);
}

async function run(file: keyof typeof schemas, options: TextOutOptions, { output }: CommandContext): Promise<ExitCode> {
  const text = await schemas[file]();
  if (options.out === undefined) output.json(text);
  else giveText(toJson(text), options, output);
  return 0;
}

/** The schema of certflow.yaml as text, as files have it. */
export const schemaText = toJson(schema);
