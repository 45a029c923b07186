import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { packageFormatNamed, packageFormatNames } from '../../formats/index.ts';
import { exportLazily } from '../../library/generate-lazily.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpec } from '../read-spec.ts';
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
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('-f, --format <name>', `what to make: ${packageFormatNames.join(', ')}`, 'solution')
    .option('--managed', 'a managed solution: locked where it is imported')
    .option('-e, --environment <name>', 'for which environment; needed where the spec has more than one')
    .option('--with-values', 'let a solution bring the values of its environment variables')
    .option('-o, --out <file>', 'the zip to write (default: the name that generate gives it, here)')
    .option('--json', 'print the result as JSON')
    .action(context.run((spec: string, options: Options) => run(spec, options, context)));
  examples(command, [
    ['certflow export', 'certflow.yaml as an unmanaged solution'],
    ['certflow export hr.yaml -e prod --managed -o hr.zip', 'the managed solution of another spec'],
    ['certflow export -f flow-package -e dev', 'a legacy package with the values of dev'],
  ]);
}

async function run(path: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  const spec = readSpec(path, output);
  const diagnostics: Diagnostic[] = [...spec.notes];
  const { managed = false, environment, withValues = false } = options;
  const format = packageFormatNamed(options.format);
  const zip = await exportLazily(spec, {
    format,
    managed,
    withValues,
    ...(environment === undefined ? {} : { environment }),
    report: (diagnostic) => diagnostics.push(diagnostic),
  });
  const file = options.out ?? zip.path;
  const status = writeZip(file, zip.contents);
  if (options.json) output.json({ file, status, bytes: zip.contents.length, diagnostics });
  else {
    output.diagnostics(diagnostics);
    output.result([`${status.padEnd(9)}  ${file}`]);
    output.note(nextStep(format));
  }
  return 0;
}

function nextStep(format: string): string {
  return format === 'standard-project'
    ? 'A zip deployment replaces all workflows of a Logic App, and this is one of them. "certflow generate" writes the project that specs share, and what it needs in Azure.'
    : 'How to import it: "certflow generate" writes IMPORT.md, click by click, for the same format.';
}
