import { type IdentityPlace, identityPlace } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import { azureTarget } from '../target.ts';

/** Where a Logic App (Standard) is, or goes, with every default filled in. */
export interface StandardPlace extends IdentityPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly site: string;
  /** What a new Logic App takes; absent for one that is there already. */
  readonly newSite?: { readonly plan: string; readonly sku: string; readonly storageAccount: string };
}

/** The target of an environment. Throws a SpecError that names all that is missing. */
export function standardPlace(input: Pick<InfrastructureInput, 'spec' | 'environment'>): StandardPlace {
  const target = azureTarget(input, 'standard', {
    subscription: 'the id of the Azure subscription',
    resourceGroup: 'the resource group of the Logic App',
    location: 'the region, such as westeurope',
    site: 'the name of the Logic App (Standard)',
  });
  const { subscription, resourceGroup, location, site, existingSite, plan, sku, storageAccount } = target;
  return {
    subscription,
    resourceGroup,
    location,
    site,
    ...(!existingSite && {
      newSite: {
        plan: plan ?? `plan-${site}`,
        sku: sku ?? 'WS1',
        // Names of storage accounts are letters and digits, at most 24.
        storageAccount: storageAccount ?? `st${site.toLowerCase().replaceAll('-', '')}`.slice(0, 24),
      },
    }),
    ...identityPlace(target, { isNew: !existingSite }),
  };
}
