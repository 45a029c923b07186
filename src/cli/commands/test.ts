import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { check } from '../../check/check.ts';
import { runTests } from '../../test-runner/run-tests.ts';
import { parseTestFile } from '../../test-runner/test-file.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { findTests } from '../test/find-tests.ts';
import { type ReporterName, reporterNames, reporters } from '../test/reporters/index.ts';
import type { TestedFile } from '../test/reporters/reporter.ts';
import { findWorkflow } from '../workflow/find-workflow.ts';

interface Options {
  format: ReporterName;
  json?: true;
  workflow?: string;
  name?: string;
  environment?: string;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[paths...]', 'test files, or folders to look through (default: this folder)')
    .addOption(new Option('--format <name>', 'how to print the results').choices(reporterNames).default(reporterNames[0]))
    .option('--json', 'the same as --format json')
    .option('--workflow <file>', 'test this file, folder, package or spec in the place of the one that the tests name')
    .option('--name <name>', 'which workflow of it, where it has several')
    .option('-e, --environment <name>', 'for which environment, where it is a spec that has several')
    .action(context.run((paths: string[], options: Options) => run(paths, options, context)));
  examples(command, [
    ['certflow test', 'every test file below this folder'],
    ['certflow test hr.certflow-test.yaml', 'one file'],
    ['certflow test hr.certflow-test.yaml --workflow hr-lists.zip', 'the same cases, for the package of the same spec'],
    ['certflow test --format junit > results.xml', 'for CI'],
  ]);
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const report = await reporters[options.json ? 'json' : options.format]();
  const files: TestedFile[] = [];
  for (const one of findTests(paths.length === 0 ? ['.'] : paths, output)) files.push(await tested(one, options, output));
  const cases = files.flatMap(({ result }) => result?.cases ?? []);
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const mistakes = files.flatMap(({ result }) => result?.mistakes ?? []);
  report(files, { files: files.length, passed: cases.length - failed, failed, mistakes: mistakes.length }, output);
  const isWell =
    failed === 0 && files.every(({ refused }) => refused.length === 0) && mistakes.every(({ severity }) => severity !== 'error');
  return isWell ? 0 : 1;
}

async function tested(
  { file, text }: { readonly file: string; readonly text: string },
  options: Options,
  output: CommandContext['output'],
): Promise<TestedFile> {
  const read = parseTestFile(text, file);
  const { tests } = read;
  const name = options.name ?? (options.workflow === undefined ? tests.name : undefined);
  const environment = options.environment ?? tests.environment;
  const workflow = await findWorkflow(
    options.workflow ?? join(dirname(file), tests.workflow),
    { ...(name !== undefined && { name }), ...(environment !== undefined && { environment }) },
    output,
  );
  const { definition, ...surroundings } = workflow;
  const refused = check(definition, surroundings).filter(({ severity }) => severity === 'error');
  output.remember(workflow.file, workflow.text);
  return refused.length > 0 ? { file, refused } : { file, refused, result: runTests(read, workflow) };
}
