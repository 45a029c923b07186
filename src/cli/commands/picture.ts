import { type Command, Option } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { choice } from '../../diagnostics/words.ts';
import { replaceFile } from '../../disk/write.ts';
import { openAll } from '../../library/open.ts';
import { picture } from '../../library/picture.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import type { Output } from '../output.ts';
import { readSpec } from '../read-spec.ts';
import { specPicture } from '../workflow/spec-picture.ts';

interface Options {
  format: 'svg' | 'mermaid';
  environment?: string;
  workflow?: string;
  out?: string;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[path...]', 'a spec (YAML), or whatever "certflow check" reads', ['certflow.yaml'])
    .addOption(new Option('--format <name>', 'how to draw').choices(['svg', 'mermaid']).default('svg'))
    .option('-e, --environment <name>', 'of a spec: for which environment; needed where it has more than one')
    .option('--workflow <name>', 'which workflow; needed where there are several')
    .option('-o, --out <file>', 'the file to write (default: standard output)')
    .option('--json', 'print the result as JSON')
    .action(context.run(async (paths: string[], options: Options) => run(onlyPath(paths), options, context)));
  examples(command, [
    ['certflow picture -o flow.svg', 'the workflow of certflow.yaml'],
    ['certflow picture flow.zip --workflow Orders -o flow.svg', 'one of the workflows of a package'],
    ['certflow picture workflow.json --format mermaid', 'for a page in Markdown'],
  ]);
}

async function run(path: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  const { name, drawn } = /\.ya?ml$/i.test(path) ? await ofSpec(path, options, output) : await ofDocument(path, options);
  const text = drawn[options.format];
  const { out } = options;
  if (out !== undefined) replaceFile(out, text);
  if (options.json)
    output.json({ workflow: name, format: options.format, ...(out === undefined ? { picture: text } : { file: out }) });
  else if (out === undefined) output.text(text);
  else output.result(`written  ${out}`);
  return 0;
}

function onlyPath(paths: readonly string[]): string {
  const [path = '', ...others] = paths;
  if (others.length > 0) throw new UsageError(`${paths.length} were named, and a picture is of one workflow: name one.`);
  return path;
}

async function ofSpec(path: string, { environment }: Options, output: Output) {
  const spec = readSpec(path, output);
  return { name: spec.name, drawn: await specPicture(spec, environment) };
}

async function ofDocument(path: string, { workflow }: Options) {
  const found: { name: string; draw: () => ReturnType<typeof picture> }[] = [];
  for await (const { definitions } of openAll([path]))
    for (const { definition, name = path, text: _, pointer: __, ...context } of definitions)
      found.push({ name, draw: () => picture(definition, { ...context, name }) });
  const names = found.map(({ name }) => name);
  const [first, ...others] = workflow === undefined ? found : found.filter(({ name }) => name === workflow);
  if (!first) throw new UsageError(`${path} has no workflow "${workflow}": ${choice(workflow ?? '', names)}`);
  if (others.length > 0) throw new UsageError(`${path} has several workflows. Name one with --workflow: ${names.join(', ')}`);
  return { name: first.name, drawn: first.draw() };
}
