import { UsageError } from '../../diagnostics/errors.ts';
import { choice } from '../../diagnostics/words.ts';
import type { Environment, Spec } from '../../spec/spec.ts';

/** What deploys, with the key under `targets` in the spec that says where. */
export const targetKeys = { consumption: 'consumption', standard: 'standard', 'app-service': 'appService' } as const;

export type TargetName = keyof typeof targetKeys;

export const targetNames = Object.keys(targetKeys) as TargetName[];

/**
 * The target that is asked for; else Consumption where the spec has it or has none at all, else the only one that it has. Throws a
 * UsageError for an unknown name, and where there is nothing to choose or a choice to make.
 */
export function chooseTarget({ source }: Spec, { targets }: Environment, asked: string | undefined): TargetName {
  if (asked !== undefined) {
    if (Object.hasOwn(targetKeys, asked)) return asked as TargetName;
    throw new UsageError(`there is no target "${asked}": ${choice(asked, targetNames)}`);
  }
  if (targets.consumption !== undefined) return 'consumption';
  const named = targetNames.filter((name) => targets[targetKeys[name]] !== undefined);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1)
    throw new UsageError(`${source.file} has the targets ${named.join(' and ')}: say with --target which one is meant`);
  if (targets.powerAutomate !== undefined)
    throw new UsageError(
      `${source.file} has only the target powerAutomate, whose package is imported: "certflow export --format solution" makes it`,
    );
  // What it lacks is said as for a target that is half there.
  return 'consumption';
}
