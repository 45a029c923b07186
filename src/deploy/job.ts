import { chooseEnvironment } from '../spec/choose-environment.ts';
import { refuseDeveloperMachine } from '../spec/developer-machine.ts';
import type { Spec } from '../spec/spec.ts';
import { consumptionJobOf } from './jobs/consumption.ts';
import type { Job, JobCommon } from './jobs/job-types.ts';
import { appServiceJobOf, standardJobOf } from './jobs/site.ts';
import { chooseTarget } from './target-name.ts';

export type { Job } from './jobs/job-types.ts';

/**
 * Makes and checks what is to be deployed to one environment, by default for the target that the spec names. Throws what `generate`
 * and `chooseTarget` throw, and a UsageError for a developer's machine.
 */
export function jobOf(spec: Spec, environmentName: string | undefined, target?: string): Job {
  const environment = chooseEnvironment(spec, environmentName);
  refuseDeveloperMachine(spec, environment, 'nothing is deployed there');
  switch (chooseTarget(spec, environment, target)) {
    case 'consumption':
      return consumptionJobOf(spec, environment);
    case 'standard':
      return standardJobOf(spec, environment);
    case 'app-service':
      return appServiceJobOf(spec, environment);
  }
}

/** What messages call a job: `hr-lists in prod`. */
export function nameOf({ spec, environment }: Pick<JobCommon, 'spec' | 'environment'>): string {
  return environment.name === '' ? spec.name : `${spec.name} in ${environment.name}`;
}
