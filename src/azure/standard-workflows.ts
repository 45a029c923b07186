import { isObject } from '../json/json.ts';
import { flatten } from './answer.ts';
import { ask } from './ask.ts';
import { attempt, attemptToFind } from './attempt.ts';
import type { Azure } from './azure.ts';

/** A workflow of Logic Apps (Standard), as it is in Azure. */
export interface StandardWorkflow {
  /** Its own `workflow.json`, and `connections.json` and `parameters.json` of the app, parsed; those that there are. */
  readonly files: Readonly<Record<string, unknown>>;
  /** `Healthy`, `Unhealthy`, `Unknown`, or empty where Azure does not say. */
  readonly health: string;
  /** Why it is not healthy. */
  readonly problem: string;
}

/**
 * The designer asks for the same: `workflows/<name>`, and `workflowsconfiguration/connections` and `…/parameters` for the files that
 * workflows share. Source: Azure/LogicAppsUX, WorkflowAndArtifacts.tsx; shapes: Microsoft's REST reference "Web Apps - Get Workflow"
 * (WorkflowEnvelope).
 */
const version = '2018-11-01';

/** A workflow of an app, or undefined where it, or the app, is not there. */
export async function findStandardWorkflow(azure: Azure, siteId: string, name: string): Promise<StandardWorkflow | undefined> {
  return attemptToFind(azure, `reading the workflow ${name}`, async () => {
    const { files, health } = await envelope(azure, `${siteId}/workflows/${name}`);
    const shared = await Promise.all(
      ['connections', 'parameters'].map((kind) => findShared(azure, `${siteId}/workflowsconfiguration/${kind}`)),
    );
    const [cause] = isObject(health) ? flatten(health.error) : [];
    return {
      files: Object.assign({}, ...shared, files) as Readonly<Record<string, unknown>>,
      health: isObject(health) ? String(health.state ?? '') : '',
      problem: [cause?.code, cause?.message].filter(Boolean).join(': '),
    };
  });
}

async function findShared(azure: Azure, id: string): Promise<Readonly<Record<string, unknown>>> {
  const found = await attemptToFind(azure, 'reading the files that the workflows share', () => envelope(azure, id));
  return found?.files ?? {};
}

async function envelope(azure: Azure, id: string) {
  const { properties } = (await ask(azure, 'GET', `${id}?api-version=${version}`)).body;
  const { files, health } = isObject(properties) ? properties : {};
  return { files: isObject(files) ? files : {}, health };
}

/** Names of the workflows of an app; none where it is not there. */
export async function listStandardWorkflows(azure: Azure, siteId: string): Promise<string[]> {
  const found = await attemptToFind(azure, 'reading the workflows of the Logic App', async () => {
    const { value } = (await ask(azure, 'GET', `${siteId}/workflows?api-version=${version}`)).body;
    // Named `site/workflow`.
    return Array.isArray(value) ? value.filter(isObject).map(({ name }) => String(name).split('/').at(-1) ?? '') : [];
  });
  return found ?? [];
}

/** How a zip deployment stands. */
export interface ZipState {
  readonly state: 'under way' | 'succeeded' | 'failed';
  /** In Azure's words. */
  readonly text: string;
}

/**
 * Hands a zip to an app, and gives the address where its deployment is followed. Source: Kudu's wiki, "Deploying from a zip file or url",
 * asynchronous deployment; `az logicapp deployment source config-zip` does the same, with a token for Resource Manager.
 */
export async function sendZip(azure: Azure, host: string, zip: Uint8Array): Promise<string> {
  return attempt(azure, `sending the project to ${host}`, async () => {
    const body = { type: 'application/zip', bytes: zip };
    const { location } = await ask(azure, 'POST', `https://${host}/api/zipdeploy?isAsync=true`, body);
    return location ?? latestZip(host);
  });
}

/** Where the deployment that an app had last is followed. */
export function latestZip(host: string): string {
  return `https://${host}/api/deployments/latest`;
}

/** How a zip deployment stands. Source of the numbers: dotnet/sdk, DeploymentStatus (Failed 3, Success 4, Conflict 5, PartialSuccess 6, Cancelled -1). */
export async function readZipState(azure: Azure, address: string): Promise<ZipState> {
  return attempt(azure, 'reading how the deployment of the project stands', async () => {
    const { status, status_text: text, message } = (await ask(azure, 'GET', address)).body;
    const words = [text, message].filter((one) => typeof one === 'string' && one !== '').join('; ');
    const state = status === 4 ? 'succeeded' : [-1, 3, 5, 6].includes(Number(status)) ? 'failed' : 'under way';
    return { state, text: words };
  });
}
