import type { Command } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { historyOf } from '../../engine/run/history.ts';
import type { Run } from '../../engine/run/result.ts';
import { runWorkflow } from '../../library/run-workflow.ts';
import { parseMocks } from '../../test-runner/mocks-file.ts';
import { runnable } from '../../test-runner/run-options.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { findWorkflow } from '../workflow/find-workflow.ts';
import { readText, readValue } from '../workflow/read-file.ts';
import { refusedBy } from '../workflow/refused.ts';
import { runText } from '../workflow/run-text.ts';

interface Options {
  input?: string;
  mock?: string;
  workflow?: string;
  trigger?: string;
  environment?: string;
  now?: string;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<file...>', 'a workflow, a project, a package or a spec')
    .option('-i, --input <file>', "the trigger's body, JSON or YAML")
    .option('-m, --mock <file>', 'who answers what the workflow asks of others, YAML or JSON')
    .option('-w, --workflow <name>', 'which workflow, where the file has several')
    .option('-t, --trigger <name>', 'which trigger fires, where there are several')
    .option('-e, --environment <name>', 'for which environment, where the file is a spec that has several')
    .option('--now <time>', 'when the run starts, such as 2026-01-05T06:00:00Z')
    .option('--json', 'print the run as JSON')
    .action(context.run((files: string[], options: Options) => run(onlyFile(files), options, context)));
  examples(command, [
    ['certflow simulate workflow.json', 'one run, with nobody who answers'],
    ['certflow simulate workflow.json -i body.json -m mocks.yaml', 'with a body and mocks'],
    ['certflow simulate certflow.yaml -e dev -m mocks.yaml', 'the workflow that a spec becomes'],
    ['certflow simulate flows.zip -w "Sync orders" -m mocks.yaml --json', 'one flow of a solution, for a program'],
  ]);
}

async function run(file: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  const workflow = await findWorkflow(
    file,
    {
      ...(options.workflow !== undefined && { name: options.workflow }),
      ...(options.environment !== undefined && { environment: options.environment }),
    },
    output,
  );
  const given = options.mock === undefined ? { mocks: [] } : parseMocks(readText(options.mock, output), options.mock);
  const { definition, options: runOptions } = runnable(workflow, {
    ...given,
    trigger: {
      ...(options.trigger !== undefined && { name: options.trigger }),
      ...(options.input !== undefined && { body: readValue(options.input, output) }),
    },
    ...(options.now !== undefined && { now: options.now }),
  });
  const { definition: _, ...surroundings } = workflow;
  const runs = refusedBy(output, workflow, () => runWorkflow(definition, { surroundings, ...runOptions }));
  if (!runs) return 1;
  if (options.json) output.json(historyOf(runs));
  else for (const one of [runs, ...runs.others]) output.result(runText(one));
  noteIdle(runs, given.mocks.length, output);
  return [runs, ...runs.others].every(isWell) ? 0 : 1;
}

function onlyFile(files: readonly string[]): string {
  const [only] = files;
  if (only !== undefined && files.length === 1) return only;
  throw new UsageError(
    `${files.length} files were named, and a simulation is one run of one workflow: name one. "certflow test" runs many, each with what it expects.`,
  );
}

function isWell({ status, notRun }: Run): boolean {
  return notRun.length === 0 && status !== 'Failed' && status !== 'TimedOut';
}

/** A mock that nobody asked is a slip more often than not. */
function noteIdle({ mockCounts }: Run, count: number, output: CommandContext['output']) {
  const idle = mockCounts.flatMap((answers, index) => (answers === 0 ? [index + 1] : []));
  if (idle.length > 0 && count > 0) output.note(`${idle.length === 1 ? 'mock' : 'mocks'} ${idle.join(', ')} answered nothing`);
}
