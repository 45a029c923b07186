import { isObject, textOf } from '../json/json.ts';
import { flatten } from './answer.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { send } from './rest.ts';

/** A workflow of Logic Apps (Standard), as it is in Azure. */
export interface StandardWorkflow {
  /** Its own `workflow.json`, and `connections.json` and `parameters.json` of the app, parsed; those that there are. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Names of files that workflows share and that Azure does not show: they are not there, or may not be read. */
  readonly unseen: readonly string[];
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
  return ifThere(
    attempt(azure, `reading the workflow ${name}`, async () => {
      const { files, health } = await envelope(azure, `${siteId}/workflows/${name}`);
      const shared = Object.assign(
        {},
        ...(await Promise.all(sharedKinds.map((kind) => findShared(azure, `${siteId}/workflowsconfiguration/${kind}`)))),
      );
      const [cause] = isObject(health) ? flatten(health.error) : [];
      return {
        files: { ...shared, ...files } as Readonly<Record<string, unknown>>,
        unseen: sharedKinds.map((kind) => `${kind}.json`).filter((name) => !Object.hasOwn(shared, name)),
        health: isObject(health) ? textOf(health.state) : '',
        problem: [cause?.code, cause?.message].filter(Boolean).join(': '),
      };
    }),
  );
}

const sharedKinds = ['connections', 'parameters'];

/** What may not be read hides neither the workflow nor how it stands. */
async function findShared(azure: Azure, id: string): Promise<Readonly<Record<string, unknown>>> {
  const reading = ifThere(attempt(azure, 'reading the files that the workflows share', () => envelope(azure, id)));
  const found = await reading.catch((error: unknown) => {
    if (!(error instanceof AzureError) || error.kind !== 'refused') throw error;
    return undefined;
  });
  return found?.files ?? {};
}

async function envelope(azure: Azure, id: string) {
  const { properties } = (await send(azure, azure.profile.resourceManager, { path: `${id}?api-version=${version}` })).body;
  const { files, health } = isObject(properties) ? properties : {};
  return { files: isObject(files) ? files : {}, health };
}

/** Names of the workflows of an app; none where it is not there. */
export async function listStandardWorkflows(azure: Azure, siteId: string): Promise<string[]> {
  const found = await ifThere(
    attempt(azure, 'reading the workflows of the Logic App', async () => {
      const { value } = (await send(azure, azure.profile.resourceManager, { path: `${siteId}/workflows?api-version=${version}` }))
        .body;
      // Named `site/workflow`.
      return Array.isArray(value) ? value.filter(isObject).map(({ name }) => textOf(name).split('/').at(-1) ?? '') : [];
    }),
  );
  return found ?? [];
}
