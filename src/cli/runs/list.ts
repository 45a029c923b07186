import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WorkflowRun } from '../../azure/runs.ts';
import { nameOf } from '../../deploy/targets/target-of.ts';
import { type Line, line } from '../../diagnostics/line.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { eachTarget, messageOf, targetJson, tellError } from '../deploy/each-target.ts';
import { withStatus } from '../deploy/proof-text.ts';
import { runningOnly, targetsOf } from '../deploy/targets.ts';
import { specsArgument } from '../read-specs.ts';
import { localTime, took } from '../times.ts';
import { addRunsOptions, type RunsOptions } from './one-target.ts';

interface Options extends RunsOptions {
  top: number;
  status?: string;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('--top <number>', 'how many', count, 20)
    .addOption(
      new Option('--status <name>', 'only those that are so').choices(['Running', 'Waiting', 'Succeeded', 'Failed', 'Cancelled']),
    );
  addRunsOptions(command).action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow runs list --status Failed', 'the latest failed runs of certflow.yaml'],
    ['certflow runs list flows -e prod', 'those of every spec in a folder'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const { environment, ...others } = options;
  const targets = targetsOf(paths, { ...others, ...(environment === undefined ? {} : { environment: [environment] }) }, output);
  const items = targets.map((target) => ({ target: runningOnly(target) }));
  const looked = await withAzure(options, context, async (azureOf) => {
    const { listRuns } = await import('../../azure/runs.ts');
    return eachTarget(items, azureOf, (azure, { target }) =>
      listRuns(azure, target.runs, { top: options.top, status: options.status }),
    );
  });
  const isAlone = looked.length === 1;
  if (options.json) {
    const all = looked.map((one) => ({
      ...targetJson(one.target),
      ...('error' in one ? { error: messageOf(one.error) } : { runs: one.result }),
    }));
    const [first] = looked;
    output.json(isAlone && first && 'result' in first ? { runs: first.result } : { workflows: all });
  } else
    for (const one of looked) {
      if ('error' in one) tellError(one, output);
      else if (one.result.length === 0)
        output.note(isAlone ? 'There are no such runs.' : [line`${nameOf(one.target)}: there are no such runs.`]);
      else
        output.result([
          ...(isAlone ? [] : [line`${nameOf(one.target)}`]),
          ...one.result.map((run) => runLine(run, isAlone ? '' : '  ')),
        ]);
    }
  return looked.some((one) => 'error' in one) ? 1 : 0;
}

function runLine({ id, status, causes, ...times }: WorkflowRun, indent: string): Line {
  return [
    ...line`${indent}${localTime(times.startTime ?? '').padEnd(19)}  `,
    withStatus(status, 9),
    ...line`  ${(took(times) ?? '').padStart(8)}  ${id}`,
    ...(causes[0]?.code ? line`  ${causes[0].code}` : []),
  ];
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 250) throw new InvalidArgumentError('a number from 1 to 250.');
  return number;
}
