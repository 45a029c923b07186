import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { listUsersOf } from '../azure/workflows.ts';
import type { ConsumptionTarget } from './targets/target.ts';

/** Resource ids of the Logic Apps that use the connection of a target; undefined where whoever is signed in may not look. */
export async function usersOfConnection(
  azure: Azure,
  { place }: ConsumptionTarget,
  connectionId: string,
): Promise<string[] | undefined> {
  return listUsersOf(azure, place.subscription, connectionId).catch((error: unknown) => {
    if (error instanceof AzureError && error.status === 403) return undefined;
    throw error;
  });
}
