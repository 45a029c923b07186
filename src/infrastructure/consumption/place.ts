import type { Environment, Spec } from '../../spec/spec.ts';
import { azureTarget, userAssignedIdentity } from '../target.ts';

/** Where a Logic App (Consumption) goes, with every default filled in. */
export interface ConsumptionPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly connectionName: string;
  /** Resource id of the user-assigned identity; absent for the system-assigned one. */
  readonly userAssignedIdentity?: string;
}

/** The target of an environment. Throws a SpecError that names all that is missing. */
export function consumptionPlace(spec: Spec, environment: Environment): ConsumptionPlace {
  const target = azureTarget({ spec, environment }, 'consumption', {
    subscription: 'the id of the Azure subscription',
    resourceGroup: 'the resource group of the Logic App',
    location: 'the region, such as westeurope',
  });
  const { subscription, resourceGroup, location, connectionName } = target;
  const identity = userAssignedIdentity(target);
  return {
    subscription,
    resourceGroup,
    location,
    connectionName: connectionName ?? `keyvault-${environment.vault.name}`,
    ...(identity === undefined ? {} : { userAssignedIdentity: identity }),
  };
}
