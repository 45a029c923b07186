import type { Azure } from '../../azure/azure.ts';
import { type DeployTarget, nameOf } from '../../deploy/targets/target-of.ts';
import type { AzureOf } from '../azure/with-azure.ts';
import type { Output } from '../output.ts';
import { inParallel } from './in-parallel.ts';

/** How many targets ask Azure at a time. */
const inFlight = 8;

/** What came of a target: a result, or an error that did not stop the others. */
export type TargetResult<Result> =
  | { readonly target: DeployTarget; readonly result: Result }
  | { readonly target: DeployTarget; readonly error: unknown };

/** Does the same with each target, side by side. One alone fails as the command; of several, one that fails does not stop the rest. */
export async function eachTarget<Result, Item extends { readonly target: DeployTarget }>(
  items: readonly Item[],
  azureOf: AzureOf,
  act: (azure: Azure, item: Item) => Promise<Result>,
): Promise<TargetResult<Result>[]> {
  return inParallel(items, inFlight, async (item) => {
    const { target } = item;
    try {
      return { target, result: await act(azureOf(target.environment.cloud), item) };
    } catch (error) {
      if (items.length === 1) throw error;
      return { target, error };
    }
  });
}

export function tellError(
  { target, error }: { target: Pick<DeployTarget, 'spec' | 'environment'>; error: unknown },
  output: Output,
) {
  concerningTarget(target, output, () => output.error(`${nameOf(target)}: ${messageOf(error)}`));
}

/** Prints what is about one target: commands in it name its spec and environment. */
export function concerningTarget(
  { spec, environment }: Pick<DeployTarget, 'spec' | 'environment'>,
  output: Output,
  act: () => void,
) {
  const environments = spec.environments.size > 1 ? [environment.name] : [];
  output.concerning({ specs: [spec.source.file], environments }, act);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What JSON results say of a target first. */
export function targetJson({ spec, environment }: Pick<DeployTarget, 'spec' | 'environment'>) {
  return { spec: spec.name, file: spec.source.file, environment: environment.name };
}
