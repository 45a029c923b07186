import { join } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { line } from '../../diagnostics/line.ts';
import { formatsFor } from '../../formats/for-targets.ts';
import type { GeneratedFile } from '../../formats/format.ts';
import { formatNamed, formatNames, formats } from '../../formats/index.ts';
import { generateLazily } from '../../library/generate-lazily.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import { type CommandContext, type ExitCode, examples, explained } from '../command.ts';
import { tellNext } from '../next.ts';
import type { Output } from '../output.ts';
import { readSpec } from '../read-spec.ts';
import { type FileResult, writeFiles } from '../write-files.ts';
import { writtenLines } from '../written.ts';

interface Options {
  format?: string[];
  environment?: string[];
  out: string;
  dryRun?: true;
  force?: true;
  withValues?: true;
  verbose?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('-f, --format <names...>', `what to make: ${formatNames.join(', ')} (default: what the targets of the spec call for)`)
    .option('-e, --environment <names...>', 'for which environments; needed where the spec has more than one')
    .option('-o, --out <folder>', 'where to put the files', 'out')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--force', 'write over files that certflow did not write')
    .option('--with-values', 'let a solution bring the values of its environment variables')
    .option('--verbose', 'name every file, not only those that changed')
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
  const files: GeneratedFile[] = [];
  const folders: string[] = [];
  const environments = chosenEnvironments(spec, options.environment);
  for (const environment of environments)
    for (const named of new Set(options.format ?? formatsFor(environment))) {
      const { name: format, folder: shared } = formatNamed(named);
      const { name } = environment;
      const folder = [shared?.(environment) ?? spec.name, name, format].filter((part) => part !== '').join('/');
      const made = await generateLazily(spec, { format, ...(name === '' ? {} : { environment: name }), withValues, report });
      folders.push(folder);
      files.push(...made.map((file) => ({ ...file, path: `${folder}/${file.path}` })));
    }
  const results = writeFiles(options.out, files, options);

  if (options.json) output.json({ folder: options.out, dryRun: options.dryRun === true, files: results, diagnostics });
  else {
    output.diagnostics(diagnostics);
    output.result(writtenLines(results, { root: options.out, folders, isVerbose: options.verbose === true }));
    if (options.dryRun) output.note('Nothing was written (--dry-run).');
    else tellRest(spec, results, options, output);
  }
  return 0;
}

function chosenEnvironments(spec: Spec, names: readonly string[] | undefined): Environment[] {
  return names === undefined
    ? [chooseEnvironment(spec, undefined)]
    : [...new Set(names)].map((name) => chooseEnvironment(spec, name));
}

/** What is done by hand with the files, and the next command. */
function tellRest(spec: Spec, results: readonly FileResult[], { environment, out }: Options, output: Output) {
  const guides = results.filter(({ path }) => path.endsWith('/IMPORT.md')).map(({ path }) => join(out, path));
  if (guides.length > 0) output.note([line`How to import it, click by click: ${guides.join(', ')}`]);
  const chosen = chooseEnvironment(spec, environment?.[0]);
  tellNext({ spec, environment: chosen }, { done: 'generated' }, output);
}
