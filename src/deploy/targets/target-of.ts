import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { refuseDeveloperMachine } from '../../spec/developer-machine.ts';
import type { Spec } from '../../spec/spec.ts';
import { consumptionTargetOf } from './consumption.ts';
import { appServiceTargetOf, standardTargetOf } from './site.ts';
import type { DeployTarget, TargetCommon } from './target.ts';
import { chooseTarget } from './target-name.ts';

export type { DeployTarget } from './target.ts';

/**
 * Makes and checks what is to be deployed to one environment, by default for the target that the spec names. Throws what `generate`
 * and `chooseTarget` throw, and a UsageError for a developer's machine.
 */
export function targetOf(spec: Spec, environmentName: string | undefined, target?: string): DeployTarget {
  const environment = chooseEnvironment(spec, environmentName);
  refuseDeveloperMachine(spec, environment, 'nothing is deployed there');
  switch (chooseTarget(spec, environment, target)) {
    case 'consumption':
      return consumptionTargetOf(spec, environment);
    case 'standard':
      return standardTargetOf(spec, environment);
    case 'app-service':
      return appServiceTargetOf(spec, environment);
  }
}

/** What messages call a target: `hr-lists in prod`. */
export function nameOf({ spec, environment }: Pick<TargetCommon, 'spec' | 'environment'>): string {
  return environment.name === '' ? spec.name : `${spec.name} in ${environment.name}`;
}
