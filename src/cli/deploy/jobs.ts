import { type Job, jobOf, nameOf } from '../../deploy/job.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import type { Output } from '../output.ts';
import { readSpec } from '../read-spec.ts';

export interface JobOptions {
  environment?: string[];
  cloudFile?: string;
}

/**
 * The jobs of several specs in several environments. With one spec and no environment named, the only one that it has. Throws what
 * reading and generating throw, and a UsageError where two jobs would write the same Logic App.
 */
export function jobsOf(paths: readonly string[], { environment, cloudFile }: JobOptions, output: Output): Job[] {
  const jobs = [...new Set(paths)].flatMap((path) => {
    const spec = readSpec(path, output);
    const names = environment === undefined ? [undefined] : [...new Set(environment)];
    return names.map((name) => jobOf(spec, name));
  });
  const byPlace = new Map<string, Job>();
  for (const job of jobs) {
    // Clouds have nothing in common; but a cloud file stands for all of them.
    const cloud = cloudFile === undefined ? job.environment.cloud : '';
    const place = [cloud, ...Object.values(job.workflow)].join('/').toLowerCase();
    const other = byPlace.get(place);
    if (other)
      throw new UsageError(
        `${other.spec.source.file} (${nameOf(other)}) and ${job.spec.source.file} (${nameOf(job)}) are the same Logic App: ${job.workflow.name} in ${job.workflow.resourceGroup}. Give one of them another name or resource group.`,
      );
    byPlace.set(place, job);
  }
  return jobs;
}
