import type { Command } from 'commander';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { runText } from '../deploy/proof-text.ts';
import { addRunsOptions, type RunsOptions, theRun, withTarget } from './one-target.ts';

export function configure(command: Command, context: CommandContext) {
  command.argument('<run>', 'id of the run, or latest').argument('[spec...]', 'the spec, or a folder with it', ['certflow.yaml']);
  addRunsOptions(command).action(
    context.run((id: string, specs: string[], options: RunsOptions) => run(id, specs, options, context)),
  );
  examples(command, [['certflow runs show latest', 'what the last run did, and why it failed']]);
}

async function run(id: string, paths: readonly string[], options: RunsOptions, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const report = await withTarget(paths, options, context, async (azure, target) => {
    const { reportOf } = await import('../../deploy/run.ts');
    return reportOf(azure, target.runs, await theRun(azure, target, id));
  });
  if (options.json) output.json(report);
  else output.result(runText(report, ''));
  return report.run.status === 'Failed' ? 1 : 0;
}
