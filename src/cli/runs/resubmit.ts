import type { Command } from 'commander';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { addRunsOptions, type RunsOptions, theRun, withTarget } from './one-target.ts';

interface Options extends RunsOptions {
  yes?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<run>', 'id of the run, or latest')
    .argument('[spec...]', 'the spec, or a folder with it', ['certflow.yaml'])
    .option('-y, --yes', 'do not ask, where a request may change something');
  addRunsOptions(command).action(
    context.run((id: string, specs: string[], options: Options) => run(id, specs, options, context)),
  );
  examples(command, [['certflow runs resubmit latest', 'try the last run again, after mending what made it fail']]);
}

async function run(id: string, paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const started = await withTarget(paths, options, context, async (azure, target) => {
    const { resubmitRun } = await import('../../azure/runs.ts');
    const found = await theRun(azure, target, id);
    const changing = target.changingRequests.join(', ');
    if (changing !== '' && !options.yes && !(await confirm(`This run may change something: ${changing}. Start it?`, '--yes')))
      return undefined;
    return { resubmitted: found.id, run: await resubmitRun(azure, target.runs, found) };
  });
  if (!started) output.note('Nothing was started.');
  else if (options.json) output.json(started);
  else output.result(`${started.resubmitted}: started again${started.run === undefined ? '' : ` as ${started.run}`}`);
  return 0;
}
