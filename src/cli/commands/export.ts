import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { packageFormatNamed, packageFormatNames } from '../../formats/index.ts';
import { exportLazily } from '../../library/generate-lazily.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpecs, specsArgument } from '../read-specs.ts';
import { writeZip } from '../write-files.ts';

interface Options {
  format: string;
  managed?: true;
  environment?: string;
  withValues?: true;
  out?: string;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('-f, --format <name>', `what to make: ${packageFormatNames.join(', ')}`, 'solution')
    .option('--managed', 'a managed solution: locked where it is imported')
    .option('-e, --environment <name>', 'for which environment; needed where a spec has more than one')
    .option('--with-values', 'let a solution bring the values of its environment variables')
    .option('-o, --out <file>', 'the zip to write, of one spec (default: the name that generate gives it, here)')
    .option('--json', 'print the result as JSON')
    .action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow export', 'certflow.yaml as an unmanaged solution'],
    ['certflow export hr.yaml -e prod --managed -o hr.zip', 'the managed solution of another spec'],
    ['certflow export flows', 'every spec in a folder, each as its own solution'],
    ['certflow export -f flow-package -e dev', 'a legacy package with the values of dev'],
  ]);
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const specs = readSpecs(paths, output);
  if (options.out !== undefined && specs.length > 1)
    throw new UsageError(`--out names one zip, and ${specs.length} specs make one each: leave it out, or name one spec.`);
  const diagnostics: Diagnostic[] = specs.flatMap(({ notes }) => notes);
  const { managed = false, environment, withValues = false } = options;
  const format = packageFormatNamed(options.format);
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  // All are made before the first is written.
  const zips: Awaited<ReturnType<typeof exportLazily>>[] = [];
  for (const spec of specs)
    zips.push(
      await exportLazily(spec, { format, managed, withValues, ...(environment === undefined ? {} : { environment }), report }),
    );
  const twice = zips.findIndex(({ path }, index) => zips.findIndex((one) => one.path === path) < index);
  if (twice !== -1)
    throw new UsageError(
      `Two specs would write ${zips[twice]?.path}: give one of them another name, or export them one by one with --out.`,
    );
  const written = zips.map(({ path, contents }) => {
    const file = options.out ?? path;
    return { file, status: writeZip(file, contents), bytes: contents.length };
  });
  if (options.json) output.json(written.length === 1 ? { ...written[0], diagnostics } : { files: written, diagnostics });
  else {
    output.diagnostics(diagnostics);
    output.result(written.map(({ file, status }) => `${status.padEnd(9)}  ${file}`));
    output.note(nextStep(format));
  }
  return 0;
}

function nextStep(format: string): string {
  return format === 'standard-project'
    ? 'A zip deployment replaces all workflows of a Logic App, and this is one of them. "certflow generate" writes the project that specs share, and what it needs in Azure.'
    : 'How to import it: "certflow generate" writes IMPORT.md, click by click, for the same format.';
}
