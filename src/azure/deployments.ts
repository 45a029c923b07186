import { DeploymentsClient, type DeploymentOperation as SdkOperation } from '@azure/arm-resourcesdeployments';
import { isObject } from '../json/json.ts';
import { type ErrorCause, flatten } from './answer.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { type AzureError, refusal } from './azure-error.ts';
import { managementClient } from './management-client.ts';
import { itemsOf } from './pages.ts';

/** Where a deployment is kept: in a resource group, under a name. */
export interface DeploymentAddress {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** What is deployed: a template and the values of its parameters. */
export interface Template {
  readonly template: object;
  readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface DeploymentState {
  /** `Accepted`, `Running`, `Succeeded`, `Failed`, `Canceled` and a few that only pass by. */
  readonly state: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly causes: readonly ErrorCause[];
}

/** What a deployment has done, is doing or could not do with one resource. */
export interface DeploymentOperation {
  readonly resourceId: string;
  readonly type: string;
  readonly name: string;
  readonly state: string;
  /** Why it failed, the outer causes first. */
  readonly causes: readonly ErrorCause[];
}

export interface PropertyChange {
  readonly path: string;
  readonly kind: 'Create' | 'Delete' | 'Modify' | 'Array' | 'NoEffect';
  readonly before?: unknown;
  readonly after?: unknown;
  readonly children: readonly PropertyChange[];
}

/** What a deployment would do with one resource, as Azure foresees it. */
export interface ForeseenChange {
  readonly resourceId: string;
  readonly kind: 'Create' | 'Delete' | 'Deploy' | 'Ignore' | 'Modify' | 'NoChange' | 'Unsupported';
  readonly properties: readonly PropertyChange[];
}

/** Lets Resource Manager look at a deployment without doing anything. Throws an AzureError that says what it refuses. */
export async function validateDeployment(azure: Azure, at: DeploymentAddress, what: Template): Promise<void> {
  const tried = `validating the deployment ${at.name}`;
  await attempt(azure, tried, async () => {
    const poller = client(azure, at).deployments.validate(at.resourceGroup, at.name, body(what), polling(azure));
    // Some refusals come with status 200.
    const { error } = await poller.pollUntilDone(stopping(azure));
    if (error) throw refusedWithin(tried, error);
  });
}

/** What a deployment would change. Throws an AzureError, also where Azure cannot tell. */
export async function foreseeDeployment(azure: Azure, at: DeploymentAddress, what: Template): Promise<ForeseenChange[]> {
  const tried = `asking what the deployment ${at.name} would change`;
  return attempt(azure, tried, async () => {
    const { properties } = body(what);
    const poller = client(azure, at).deployments.whatIf(
      at.resourceGroup,
      at.name,
      { properties: { ...properties, whatIfSettings: { resultFormat: 'FullResourcePayloads' } } },
      polling(azure),
    );
    const { error, changes = [] } = await poller.pollUntilDone(stopping(azure));
    if (error) throw refusedWithin(tried, error);
    return changes.map(({ resourceId = '', changeType, delta }) => ({
      resourceId,
      kind: changeType as ForeseenChange['kind'],
      properties: propertyChanges(delta),
    }));
  });
}

/** Begins a deployment; comes back as soon as Azure has taken it. It goes on without the caller. */
export async function startDeployment(azure: Azure, at: DeploymentAddress, what: Template): Promise<void> {
  await attempt(azure, `starting the deployment ${at.name}`, () =>
    client(azure, at).deployments.createOrUpdate(at.resourceGroup, at.name, body(what), polling(azure)).submitted(),
  );
}

/** How a deployment stands; undefined where there has been none of this name. */
export async function findDeployment(azure: Azure, at: DeploymentAddress): Promise<DeploymentState | undefined> {
  return ifThere(
    attempt(azure, `reading the deployment ${at.name}`, async () => {
      const { properties } = await client(azure, at).deployments.get(at.resourceGroup, at.name, stopping(azure));
      const outputs = isObject(properties?.outputs) ? properties.outputs : {};
      return {
        state: properties?.provisioningState ?? '',
        outputs: Object.fromEntries(
          Object.entries(outputs).map(([name, output]) => [name, (output as { value?: unknown }).value]),
        ),
        causes: flatten(properties?.error),
      };
    }),
  );
}

/** What a deployment does with each resource; without its own closing evaluation of outputs. */
export async function listOperations(azure: Azure, at: DeploymentAddress): Promise<DeploymentOperation[]> {
  return attempt(azure, `reading the operations of the deployment ${at.name}`, async () => {
    const found: DeploymentOperation[] = [];
    for await (const operation of itemsOf(
      client(azure, at).deploymentOperations.list(at.resourceGroup, at.name, stopping(azure)),
    ))
      if (operation.properties?.targetResource?.id) found.push(toOperation(operation));
    return found;
  });
}

function client(azure: Azure, { subscription }: DeploymentAddress): DeploymentsClient {
  return managementClient(azure, DeploymentsClient, subscription);
}

/** Incremental: what else is in the resource group stays. */
function body({ template, parameters }: Template) {
  return { properties: { mode: 'Incremental' as const, template: { ...template }, parameters: { ...parameters } } };
}

function polling(azure: Azure) {
  return { updateIntervalInMs: azure.pollDelay, ...stopping(azure) };
}

function stopping({ signal }: Azure): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

function refusedWithin(tried: string, error: unknown): AzureError {
  const [first, ...details] = flatten(error);
  return refusal(tried, { status: 400, code: first?.code ?? '', message: first?.message ?? '', details });
}

function toOperation({ properties }: SdkOperation): DeploymentOperation {
  const { targetResource, provisioningState = '', statusMessage } = properties ?? {};
  return {
    resourceId: targetResource?.id ?? '',
    type: targetResource?.resourceType ?? '',
    name: targetResource?.resourceName ?? '',
    state: provisioningState,
    causes: flatten(statusMessage?.error),
  };
}

interface SdkPropertyChange {
  path: string;
  propertyChangeType: string;
  before?: unknown;
  after?: unknown;
  children?: SdkPropertyChange[];
}

function propertyChanges(delta: readonly SdkPropertyChange[] | undefined): PropertyChange[] {
  return (delta ?? []).map(({ path, propertyChangeType, before, after, children }) => ({
    path,
    kind: propertyChangeType as PropertyChange['kind'],
    before,
    after,
    children: propertyChanges(children),
  }));
}
