import { type DeployTarget, targetOf, nameOf } from '../../deploy/job.ts';
import type { ConsumptionTarget } from '../../deploy/jobs/job-types.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import type { Output } from '../output.ts';
import { readSpec } from '../read-spec.ts';

export interface JobOptions {
  environment?: string[];
  target?: string;
  cloudFile?: string;
}

/**
 * The jobs of several specs in several environments. With one spec and no environment named, the only one that it has. Throws what
 * reading and generating throw, and a UsageError where two jobs would write the same Logic App or web app.
 */
export function targetsOf(paths: readonly string[], { environment, target, cloudFile }: JobOptions, output: Output): DeployTarget[] {
  const jobs = [...new Set(paths)].flatMap((path) => {
    const spec = readSpec(path, output);
    const names = environment === undefined ? [undefined] : [...new Set(environment)];
    return names.map((name) => targetOf(spec, name, target));
  });
  const byPlace = new Map<string, DeployTarget>();
  for (const job of jobs) {
    const place = placeOf(job);
    // Clouds have nothing in common; but a cloud file stands for all of them.
    const key = `${cloudFile === undefined ? job.environment.cloud : ''}/${place.id}`;
    const other = byPlace.get(key);
    if (other)
      throw new UsageError(
        `${other.spec.source.file} (${nameOf(other)}) and ${job.spec.source.file} (${nameOf(job)}) are the same ${place.what}: ${place.name} in ${job.place.resourceGroup}. Give one of them another name or resource group.`,
      );
    byPlace.set(key, job);
  }
  return jobs;
}

/** The same for what is there for Logic Apps (Consumption) only. Throws a UsageError for another target. */
export function consumptionTargetsOf(paths: readonly string[], options: JobOptions, output: Output): ConsumptionTarget[] {
  return targetsOf(paths, options, output).map(consumptionOnly);
}

/** Throws a UsageError for a job of another target, with the way out. */
export function consumptionOnly(job: DeployTarget): ConsumptionTarget {
  if (job.targetName === 'consumption') return job;
  throw new UsageError(
    `${nameOf(job)} goes to ${job.targetName}, and this is there for Logic Apps (Consumption) only. The portal has it for others: "certflow status" looks at them, and "az resource show --ids ${job.site.id}" finds the app.`,
  );
}

/** What two jobs cannot both write. */
function placeOf(job: DeployTarget): { readonly id: string; readonly what: string; readonly name: string } {
  if (job.targetName !== 'consumption') {
    const { id, name } = job.site;
    return { id: id.toLowerCase(), what: job.targetName === 'standard' ? 'Logic App' : 'web app', name };
  }
  return { id: Object.values(job.workflow).join('/').toLowerCase(), what: 'Logic App', name: job.workflow.name };
}
