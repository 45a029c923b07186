import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { listUsersOf } from '../azure/workflows.ts';
import type { ConsumptionTarget } from './targets/target.ts';

/** Names of the other Logic Apps that use the connection of a target; undefined where whoever is signed in may not look. */
export async function otherUsers(azure: Azure, target: ConsumptionTarget): Promise<string[] | undefined> {
  const { connectionId, place, workflow } = target;
  const users = await listUsersOf(azure, place.subscription, connectionId).catch((error: unknown) => {
    if (error instanceof AzureError && error.status === 403) return undefined;
    throw error;
  });
  return users
    ?.map((id) => id.slice(id.lastIndexOf('/') + 1))
    .filter((name) => name.toLowerCase() !== workflow.name.toLowerCase());
}
