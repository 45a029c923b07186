import { join } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
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
import { readSpecs, specsArgument } from '../read-specs.ts';
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
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('-f, --format <names...>', `what to make: ${formatNames.join(', ')} (default: what the targets of the spec call for)`)
    .option('-e, --environment <names...>', 'for which environments; needed where a spec has more than one')
    .option('-o, --out <folder>', 'where to put the files', 'out')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--force', 'write over files that certflow did not write')
    .option('--with-values', 'let a solution bring the values of its environment variables')
    .option('--verbose', 'name every file, not only those that changed')
    .option('--json', 'print the result as JSON')
    .action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  explained(
    command,
    'Formats',
    formats.map(({ name, summary }) => [name, summary]),
  );
  examples(command, [
    ['certflow generate', 'certflow.yaml, one environment, into out/'],
    ['certflow generate hr.yaml -e dev prod', 'two environments of another spec'],
    ['certflow generate flows', 'every spec in a folder'],
    ['certflow generate -e prod --dry-run', 'only say what would be written'],
  ]);
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const specs = readSpecs(paths, output);
  const diagnostics: Diagnostic[] = specs.flatMap(({ notes }) => notes);
  const report = (diagnostic: Diagnostic) => {
    // Several formats and environments tell the same of one place in the spec.
    if (
      !diagnostics.some(
        ({ rule, pointer, message, file }) =>
          rule === diagnostic.rule &&
          pointer === diagnostic.pointer &&
          message === diagnostic.message &&
          file === diagnostic.file,
      )
    )
      diagnostics.push(diagnostic);
  };
  refuseSameNames(specs);
  const made: MadeFolder[][] = [];
  for (const spec of specs) made.push(await foldersOf(spec, options, report));
  const filesIn = (folders: readonly MadeFolder[]) =>
    folders.flatMap(({ folder, files }) => files.map((file) => ({ ...file, path: `${folder}/${file.path}` })));
  // Whatever is in the way of one of them keeps all of them from being written.
  if (made.length > 1) for (const folders of made) writeFiles(options.out, filesIn(folders), { ...options, dryRun: true });
  const results = made.map((folders) => writeFiles(options.out, filesIn(folders), options));
  const all = results.flat();

  if (options.json) output.json({ folder: options.out, dryRun: options.dryRun === true, files: all, diagnostics });
  else {
    output.diagnostics(diagnostics);
    const folders = made.flat().map(({ folder }) => folder);
    output.result(writtenLines(all, { root: options.out, folders, isVerbose: options.verbose === true }));
    if (options.dryRun) output.note('Nothing was written (--dry-run).');
    else for (const [index, spec] of specs.entries()) tellRest(spec, results[index] ?? [], options, output);
  }
  return 0;
}

/** What a format makes of a spec in an environment, and the folder that it goes to. */
interface MadeFolder {
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
}

async function foldersOf(spec: Spec, options: Options, report: (diagnostic: Diagnostic) => void): Promise<MadeFolder[]> {
  const { withValues = false } = options;
  const made: MadeFolder[] = [];
  for (const environment of chosenEnvironments(spec, options.environment))
    for (const named of new Set(options.format ?? formatsFor(environment))) {
      const { name: format, folder: shared } = formatNamed(named);
      const { name } = environment;
      made.push({
        folder: [shared?.(environment) ?? spec.name, name, format].filter((part) => part !== '').join('/'),
        files: await generateLazily(spec, { format, ...(name === '' ? {} : { environment: name }), withValues, report }),
      });
    }
  return made;
}

/** Throws a UsageError where two specs would write the same files. A project of several workflows is made by specs of different names. */
function refuseSameNames(specs: readonly Spec[]) {
  const owners = new Map<string, string>();
  for (const { name, source } of specs) {
    const other = owners.get(name.toLowerCase());
    if (other !== undefined)
      throw new UsageError(
        `${other} and ${source.file} are both named ${name}, and would write the same files: give one of them another name.`,
      );
    owners.set(name.toLowerCase(), source.file);
  }
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
