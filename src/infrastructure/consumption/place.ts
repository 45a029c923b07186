import type { Environment, Spec } from '../../spec/spec.ts';
import { type IdentityPlace, identityPlace } from '../identity.ts';
import { azureTarget } from '../target.ts';

/** Where a Logic App (Consumption) goes, with every default filled in. */
export interface ConsumptionPlace extends IdentityPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Absent where there is no vault. */
  readonly connectionName?: string;
}

/** The target of an environment. Throws a SpecError that names all that is missing. */
export function consumptionPlace(spec: Spec, environment: Environment): ConsumptionPlace {
  const target = azureTarget({ spec, environment }, 'consumption', {
    subscription: 'the id of the Azure subscription',
    resourceGroup: 'the resource group of the Logic App',
    location: 'the region, such as westeurope',
  });
  const { subscription, resourceGroup, location, connectionName } = target;
  return {
    subscription,
    resourceGroup,
    location,
    ...(environment.vault && { connectionName: connectionName ?? `keyvault-${environment.vault.name}` }),
    ...identityPlace(target, { isNew: true }),
  };
}
