import type { Command } from 'commander';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { addRunsOptions, type RunsOptions, theRun, withTarget } from './one-target.ts';

export function configure(command: Command, context: CommandContext) {
  command.argument('<run>', 'id of the run, or latest').argument('[spec...]', 'the spec, or a folder with it', ['certflow.yaml']);
  addRunsOptions(command).action(
    context.run((id: string, specs: string[], options: RunsOptions) => run(id, specs, options, context)),
  );
  examples(command, [['certflow runs cancel latest', 'end the run that goes on']]);
}

async function run(id: string, paths: readonly string[], options: RunsOptions, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const { id: cancelled, status } = await withTarget(paths, options, context, async (azure, target) => {
    const { cancelRun } = await import('../../azure/runs.ts');
    const found = await theRun(azure, target, id);
    if (isGoingOn(found.status)) await cancelRun(azure, target.runs, found.id);
    return found;
  });
  const wasCancelled = isGoingOn(status);
  if (options.json) output.json({ run: cancelled, cancelled: wasCancelled });
  else output.result(wasCancelled ? `${cancelled}: cancelled` : `${cancelled}: has ended already (${status})`);
  return 0;
}

function isGoingOn(status: string): boolean {
  return /^(Running|Waiting|Paused|Suspended)$/.test(status);
}
