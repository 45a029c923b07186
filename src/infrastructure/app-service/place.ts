import type { Environment } from '../../spec/spec.ts';
import { type IdentityPlace, identityPlace } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import { azureTarget } from '../target.ts';

/** Where a web app is, or goes, with every default filled in. */
export interface AppServicePlace extends IdentityPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly site: string;
  /** What a new web app takes; absent for one that is there already. */
  readonly newSite?: { readonly location: string; readonly plan: string; readonly sku: string };
}

const needed = {
  subscription: 'the id of the Azure subscription',
  resourceGroup: 'the resource group of the web app',
  site: 'the name of the web app',
} as const;

/** The target of an environment. Throws a SpecError that names all that is missing. */
export function appServicePlace(input: Pick<InfrastructureInput, 'spec'> & { environment: Environment }): AppServicePlace {
  const isNew = input.environment.targets.appService?.existingSite === false;
  const target = isNew
    ? azureTarget(input, 'appService', { ...needed, location: 'the region of the new web app, such as westeurope' })
    : azureTarget(input, 'appService', needed);
  const { subscription, resourceGroup, site, location = '', plan, sku } = target;
  return {
    subscription,
    resourceGroup,
    site,
    ...(isNew && { newSite: { location, plan: plan ?? `plan-${site}`, sku: sku ?? 'B1' } }),
    ...identityPlace(target, { isNew }),
  };
}
