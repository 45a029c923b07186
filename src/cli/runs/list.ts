import { type Command, InvalidArgumentError, Option } from 'commander';
import { line } from '../../diagnostics/line.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { withStatus } from '../deploy/proof-text.ts';
import { localTime, took } from '../times.ts';
import { addRunsOptions, type RunsOptions, withTarget } from './one-target.ts';

interface Options extends RunsOptions {
  top: number;
  status?: string;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('--top <number>', 'how many', count, 20)
    .addOption(
      new Option('--status <name>', 'only those that are so').choices(['Running', 'Waiting', 'Succeeded', 'Failed', 'Cancelled']),
    );
  addRunsOptions(command).action(context.run((spec: string, options: Options) => run(spec, options, context)));
  examples(command, [['certflow runs list --status Failed', 'the latest failed runs of certflow.yaml']]);
}

async function run(path: string, options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const runs = await withTarget(path, options, context, async (azure, { runs }) => {
    const { listRuns } = await import('../../azure/runs.ts');
    return listRuns(azure, runs, { top: options.top, status: options.status });
  });
  if (options.json) output.json({ runs });
  else if (runs.length === 0) output.note('There are no such runs.');
  else
    output.result(
      runs.map(({ id, status, causes, ...times }) => [
        ...line`${localTime(times.startTime ?? '').padEnd(19)}  `,
        withStatus(status, 9),
        ...line`  ${(took(times) ?? '').padStart(8)}  ${id}`,
        ...(causes[0]?.code ? line`  ${causes[0].code}` : []),
      ]),
    );
  return 0;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 250) throw new InvalidArgumentError('a number from 1 to 250.');
  return number;
}
