import { LogicManagementClient } from '@azure/arm-logic';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { managementClient } from './management-client.ts';
import { recalled } from './memory.ts';
import { itemsOf } from './pages.ts';

/** Where a Logic App (Consumption) is. */
export interface WorkflowAddress {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

export interface DeployedWorkflow {
  readonly id: string;
  /** `Enabled`, `Disabled` and a few that are rare. */
  readonly state: string;
  readonly location: string;
  /** Object id of the identity that the workflow itself has. */
  readonly principalId?: string;
  /** Resource ids of user-assigned identities, with their object ids. */
  readonly userAssigned: Readonly<Record<string, string>>;
  readonly definition: unknown;
  /** Who may call it, as the resource says it; an empty group where it says nothing. */
  readonly accessControl: unknown;
  readonly parameters: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** A workflow as Microsoft.Logic takes it. */
export interface WorkflowBody {
  readonly location: string;
  readonly definition: object;
  readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
}

export function logicClient(azure: Azure, subscription: string): LogicManagementClient {
  return managementClient(azure, LogicManagementClient, subscription);
}

export function workflowId({ subscription, resourceGroup, name }: WorkflowAddress): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Logic/workflows/${name}`;
}

/** A deployed workflow, or undefined where it is not there. */
export async function findWorkflow(azure: Azure, at: WorkflowAddress): Promise<DeployedWorkflow | undefined> {
  return recalled(azure, workflowId(at), () => readWorkflow(azure, at));
}

async function readWorkflow(azure: Azure, at: WorkflowAddress): Promise<DeployedWorkflow | undefined> {
  return ifThere(
    attempt(azure, `reading the Logic App ${at.name}`, async () => {
      const found = await logicClient(azure, at.subscription).workflows.get(at.resourceGroup, at.name);
      const { id = '', state = '', location = '', identity, definition, parameters, accessControl = {} } = found;
      return {
        id,
        state,
        location,
        ...(identity?.principalId === undefined ? {} : { principalId: identity.principalId }),
        userAssigned: Object.fromEntries(
          Object.entries(identity?.userAssignedIdentities ?? {}).map(([identityId, { principalId = '' }]) => [
            identityId,
            principalId,
          ]),
        ),
        definition,
        accessControl,
        parameters: (parameters ?? {}) as DeployedWorkflow['parameters'],
      };
    }),
  );
}

/** Lets Microsoft.Logic look at a workflow without saving it. The resource group must be there. */
export async function validateWorkflow(azure: Azure, at: WorkflowAddress, body: WorkflowBody): Promise<void> {
  await attempt(azure, `validating the Logic App ${at.name}`, () =>
    logicClient(azure, at.subscription).workflows.validateByLocation(at.resourceGroup, body.location, at.name, {
      location: body.location,
      definition: body.definition,
      parameters: Object.fromEntries(
        Object.entries(body.parameters).map(([name, { value }]) => [
          name,
          { type: typeof value === 'string' ? 'String' : 'Object', value },
        ]),
      ),
    }),
  );
}

export async function enableWorkflow(azure: Azure, at: WorkflowAddress): Promise<void> {
  azure.memory?.forget(workflowId(at));
  await attempt(azure, `enabling the Logic App ${at.name}`, () =>
    logicClient(azure, at.subscription).workflows.enable(at.resourceGroup, at.name),
  );
}

/** Resource ids of all Logic Apps of a subscription that use a connection. */
export async function listUsersOf(azure: Azure, subscription: string, connectionId: string): Promise<string[]> {
  const wanted = `"${connectionId.toLowerCase()}"`;
  const all = await recalled(azure, `/subscriptions/${subscription} workflows`, () => readUses(azure, subscription));
  // Ids are written in any case.
  return all.filter(({ parameters }) => parameters.includes(wanted)).map(({ id }) => id);
}

/** The Logic Apps of a subscription, with the text of their parameters in lower case. */
async function readUses(azure: Azure, subscription: string) {
  return attempt(azure, 'reading the Logic Apps of the subscription', async () => {
    const found: { readonly id: string; readonly parameters: string }[] = [];
    for await (const { id, parameters } of itemsOf(logicClient(azure, subscription).workflows.listBySubscription()))
      if (id !== undefined) found.push({ id, parameters: JSON.stringify(parameters?.$connections ?? {}).toLowerCase() });
    return found;
  });
}

/** Resource ids of the Logic Apps of a subscription in which an id stands, such as the client id with which they sign in. */
export async function listMentioning(azure: Azure, subscription: string, id: string): Promise<string[]> {
  return attempt(azure, 'reading the Logic Apps of the subscription', async () => {
    const found: string[] = [];
    for await (const one of itemsOf(logicClient(azure, subscription).workflows.listBySubscription())) {
      const text = JSON.stringify([one.parameters, one.definition]).toLowerCase();
      if (one.id !== undefined && text.includes(id.toLowerCase())) found.push(one.id);
    }
    return found;
  });
}

/** Deletes a workflow; one that is not there is no error. */
export async function deleteWorkflow(azure: Azure, at: WorkflowAddress): Promise<void> {
  azure.memory?.forget(workflowId(at));
  await ifThere(
    attempt(azure, `deleting the Logic App ${at.name}`, () =>
      logicClient(azure, at.subscription).workflows.delete(at.resourceGroup, at.name),
    ),
  );
}
