import type { ConsumptionTarget, RunningTarget } from '../../deploy/targets/target.ts';
import { type DeployTarget, nameOf, targetOf } from '../../deploy/targets/target-of.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import type { Output } from '../output.ts';
import { readSpecs } from '../read-specs.ts';

export interface TargetsOptions {
  environment?: string[];
  target?: string;
  cloudFile?: string;
}

/**
 * The targets of several specs, or of those in folders, in several environments. With one spec and no environment named, the only one
 * that it has. Throws what reading and generating throw, and a UsageError where two targets would write the same Logic App or web app.
 */
export function targetsOf(
  paths: readonly string[],
  { environment, target: asked, cloudFile }: TargetsOptions,
  output: Output,
): DeployTarget[] {
  const targets = readSpecs(paths, output).flatMap((spec) => {
    const names = environment === undefined ? [undefined] : [...new Set(environment)];
    return names.map((name) => targetOf(spec, name, asked));
  });
  const byPlace = new Map<string, DeployTarget>();
  for (const target of targets) {
    const place = placeOf(target);
    // Clouds have nothing in common; but a cloud file stands for all of them.
    const key = `${cloudFile === undefined ? target.environment.cloud : ''}/${place.id}`;
    const other = byPlace.get(key);
    if (other)
      throw new UsageError(
        `${other.spec.source.file} (${nameOf(other)}) and ${target.spec.source.file} (${nameOf(target)}) are the same ${place.what}: ${place.name} in ${target.place.resourceGroup}. Give one of them another name or resource group.`,
      );
    byPlace.set(key, target);
  }
  return targets;
}

/** Throws a UsageError for a web app, which has no runs. */
export function runningOnly(target: DeployTarget): RunningTarget {
  if (target.targetName !== 'app-service') return target;
  throw new UsageError(`${nameOf(target)} goes to a web app, which has no runs: its own log says what it did.`);
}

/** Throws a UsageError for a target of another target, with the way out. */
export function consumptionOnly(target: DeployTarget): ConsumptionTarget {
  if (target.targetName === 'consumption') return target;
  throw new UsageError(
    `${nameOf(target)} goes to ${target.targetName}, and this is there for Logic Apps (Consumption) only. The portal has it for others: "certflow status" looks at them, and "az resource show --ids ${target.site.id}" finds the app.`,
  );
}

/** What two targets cannot both write. */
function placeOf(target: DeployTarget): { readonly id: string; readonly what: string; readonly name: string } {
  if (target.targetName !== 'consumption') {
    const { id, name } = target.site;
    return { id: id.toLowerCase(), what: target.targetName === 'standard' ? 'Logic App' : 'web app', name };
  }
  return { id: Object.values(target.workflow).join('/').toLowerCase(), what: 'Logic App', name: target.workflow.name };
}
