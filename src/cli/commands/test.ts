import { type Command, Option } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { findTests } from '../test/find-tests.ts';
import { type ReporterName, reporterNames, reporters } from '../test/reporters/index.ts';
import { type Tested, type TestOptions, testFile } from '../test/test-file.ts';

interface Options extends TestOptions {
  format: ReporterName;
  json?: true;
  coverage?: true;
  picture?: string;
  watch?: true;
  init?: string;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[paths...]', 'test files, or folders to look through (default: this folder)')
    .addOption(new Option('--format <name>', 'how to print the results').choices(reporterNames).default(reporterNames[0]))
    .option('--json', 'the same as --format json')
    .option('--workflow <file>', 'test this file, folder, package or spec in the place of the one that the tests name')
    .option('--name <name>', 'which workflow of it, where it has several')
    .option('-e, --environment <name>', 'for which environment, where it is a spec that has several')
    .option('--coverage', 'tell which actions, branches and states of runAfter no case reaches')
    .option('--picture <file>', 'draw the workflow with what no case reaches, as SVG, or as Mermaid (.md, .mmd)')
    .option('--update', 'write down the runs of cases that have a snapshot, and take them as right')
    .option('--watch', 'test again whenever a file changes, until Ctrl-C')
    .option('--init <file>', 'write a first test for this file, folder, package or spec')
    .action(context.run((paths: string[], options: Options) => run(paths, options, context)));
  examples(command, [
    ['certflow test', 'every test file below this folder'],
    ['certflow test hr.certflow-test.yaml', 'one file'],
    ['certflow test --init workflow.json', 'writes workflow.certflow-test.yaml, which passes'],
    ['certflow test --watch --coverage', 'while a workflow and its tests are written'],
    ['certflow test hr.certflow-test.yaml --workflow hr-lists.zip', 'the same cases, for the package of the same spec'],
    ['certflow test --format junit > results.xml', 'for CI'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  if (options.init !== undefined) {
    if (paths.length > 0 || options.watch || options.update)
      throw new UsageError('--init writes one test file: leave the paths, --watch and --update out');
    const { writeFirstTest } = await import('../test/first-test.ts');
    return writeFirstTest(options.init, options, output);
  }
  const once = () => runOnce(paths, options, context);
  if (!options.watch) return (await once()).code;
  const { watching } = await import('../test/watching.ts');
  const own = options.picture === undefined ? [] : [options.picture];
  return watching(once, { paths, own }, output);
}

async function runOnce(
  paths: readonly string[],
  options: Options,
  { output }: CommandContext,
): Promise<{ code: ExitCode; files: Tested[] }> {
  const report = await reporters[options.json ? 'json' : options.format]();
  const files: Tested[] = [];
  for (const one of findTests(paths.length === 0 ? ['.'] : paths, output)) files.push(await testFile(one, options, output));
  const cases = files.flatMap(({ result }) => result?.cases ?? []);
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const mistakes = files.flatMap(({ result }) => result?.mistakes ?? []);
  const counts = { files: files.length, passed: cases.length - failed, failed, mistakes: mistakes.length };
  if (options.coverage || options.picture !== undefined) {
    const { coverageOfAll, drawCoverage } = await import('../test/coverage.ts');
    const coverage = coverageOfAll(files);
    report(files, counts, output, options.coverage && coverage);
    if (options.picture !== undefined) {
      drawCoverage(options.picture, coverage);
      output.note([['drawn  ', options.picture]]);
    }
  } else report(files, counts, output);
  const isWell =
    failed === 0 && files.every(({ refused }) => refused.length === 0) && mistakes.every(({ severity }) => severity !== 'error');
  return { code: isWell ? 0 : 1, files };
}
