import { join } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { GeneratedFile } from '../../formats/format.ts';
import { formatNamed, formatNames, formats } from '../../formats/index.ts';
import { type LoadedFormat, makeFiles } from '../../make/make.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import type { Spec } from '../../spec/spec.ts';
import { type CommandContext, type ExitCode, examples, explained } from '../command.ts';
import { readSpec } from '../read-spec.ts';
import { type FileResult, writeFiles } from '../write-files.ts';

interface Options {
  format: string[];
  environment?: string[];
  out: string;
  dryRun?: true;
  force?: true;
  withValues?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('-f, --format <names...>', `what to make: ${formatNames.join(', ')}`, ['definition'])
    .option('-e, --environment <names...>', 'for which environments; needed where the spec has more than one')
    .option('-o, --out <folder>', 'where to put the files', 'out')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--force', 'write over files that certflow did not write')
    .option('--with-values', 'let a solution bring the values of its environment variables')
    .option('--json', 'print the result as JSON')
    .action(context.run((spec: string, options: Options) => run(spec, options, context)));
  explained(
    command,
    'Formats',
    formats.map(({ name, summary }) => [name, summary]),
  );
  examples(command, [
    ['certflow generate', 'certflow.yaml, one environment, into out/'],
    ['certflow generate hr.yaml -e dev prod', 'two environments of another spec'],
    ['certflow generate -e prod --dry-run', 'only say what would be written'],
  ]);
}

async function run(path: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  const spec = readSpec(path, output);
  const diagnostics: Diagnostic[] = [...spec.notes];
  const report = (diagnostic: Diagnostic) => {
    // Several formats and environments tell the same of one place in the spec.
    if (
      !diagnostics.some(
        ({ rule, pointer, message }) =>
          rule === diagnostic.rule && pointer === diagnostic.pointer && message === diagnostic.message,
      )
    )
      diagnostics.push(diagnostic);
  };
  const { withValues = false } = options;
  const chosen = await loadFormats(options.format);
  const files = chosenEnvironments(spec, options.environment).flatMap((environment) =>
    chosen.flatMap((format) =>
      inFolder(
        [
          format.folder?.({ environment: chooseEnvironment(spec, environment || undefined) }) ?? spec.name,
          environment,
          format.name,
        ],
        makeFiles(spec, format, { ...(environment === '' ? {} : { environment }), withValues, report }),
      ),
    ),
  );
  const results = writeFiles(options.out, files, options);

  if (options.json) output.json({ folder: options.out, dryRun: options.dryRun === true, files: results, diagnostics });
  else {
    output.diagnostics(diagnostics);
    output.result(results.map(({ path, status }) => `${status.padEnd(9)}  ${join(options.out, path)}`));
    output.note(nextStep(results, options));
  }
  return 0;
}

function chosenEnvironments(spec: Spec, names: readonly string[] | undefined): string[] {
  return names === undefined
    ? [chooseEnvironment(spec, undefined).name]
    : [...new Set(names)].map((name) => chooseEnvironment(spec, name).name);
}

/** Each format is loaded only when it is wanted. */
function loadFormats(names: readonly string[]): Promise<LoadedFormat[]> {
  const formats = [...new Set(names)].map(formatNamed);
  return Promise.all(formats.map(async (format) => ({ ...format, ...(await format.load()) })));
}

function inFolder(parts: readonly string[], files: readonly GeneratedFile[]): GeneratedFile[] {
  const folder = parts.filter((part) => part !== '').join('/');
  return files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
}

function nextStep(results: readonly FileResult[], { dryRun }: Options): string {
  if (dryRun) return 'Nothing was written (--dry-run).';
  const guide = results.find(({ path }) => path.endsWith('/IMPORT.md'));
  if (guide) return `How to import it, click by click: ${guide.path.split('/').at(-1)} beside each zip.`;
  const readme = results.find(({ path }) => path.endsWith('/definition/README.md'));
  return readme
    ? 'The workflow uses a Key Vault connection that must exist first: README.md beside the definition says how to make it.'
    : 'Done.';
}
