import type { Command } from 'commander';
import type { Azure } from '../../azure/azure.ts';
import type { WorkflowRun } from '../../azure/runs.ts';
import type { RunningTarget } from '../../deploy/targets/target.ts';
import type { TargetName } from '../../deploy/targets/target-name.ts';
import { targetOf } from '../../deploy/targets/target-of.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import type { CommandContext } from '../command.ts';
import { targetOption } from '../deploy/target-option.ts';
import { runningOnly } from '../deploy/targets.ts';
import { readOnlySpec } from '../read-specs.ts';

/** What the subcommands of `certflow runs` share. */
export interface RunsOptions extends AzureOptions {
  environment?: string;
  target?: TargetName;
  json?: true;
}

export function addRunsOptions(command: Command): Command {
  command
    .option('-e, --environment <name>', 'in which environment; needed where the spec has more than one')
    .addOption(targetOption())
    .option('--json', 'print the result as JSON');
  return addAzureOptions(command);
}

/** The workflow of the spec that is meant, in one environment, with the way to it. Throws a UsageError where several specs are named. */
export async function withTarget<Result>(
  paths: readonly string[],
  options: RunsOptions,
  context: CommandContext,
  act: (azure: Azure, target: RunningTarget) => Promise<Result>,
): Promise<Result> {
  const spec = readOnlySpec(paths, 'a run is one of one workflow', context.output);
  const target = runningOnly(targetOf(spec, options.environment, options.target));
  return withAzure(options, context, (azureOf) => act(azureOf(target.environment.cloud), target));
}

/** The run of an id, or the latest one. Throws a RefusedError where there is none. */
export async function theRun(azure: Azure, { runs }: RunningTarget, id: string): Promise<WorkflowRun> {
  const { findRun, listRuns } = await import('../../azure/runs.ts');
  const [run] = id === 'latest' ? await listRuns(azure, runs, { top: 1 }) : [await findRun(azure, runs, id)];
  if (run) return run;
  throw new RefusedError(
    id === 'latest'
      ? `${runs.name} has not run yet. "certflow deploy --run" starts it.`
      : `There is no run "${id}" of ${runs.name}: "certflow runs list" lists those that there are.`,
  );
}
