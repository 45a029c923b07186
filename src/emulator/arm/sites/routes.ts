import { member } from '../../../json/member.ts';
import { ok, refuse } from '../../http/answer.ts';
import type { Call, Routes } from '../../http/router.ts';
import type { ArmResource } from '../../state.ts';
import type { World } from '../../world.ts';
import { resourceGroupOf } from '../resource-groups.ts';
import { foundResource } from '../resources.ts';
import { authorize } from '../role-assignments.ts';
import { referencesOf } from './references.ts';

const path = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Web/sites/{site}';

/** What an app has besides itself and its settings: how it stands with references to vaults, and the workflows of its project. */
export function siteRoutes(world: World): Routes {
  const siteOf = ({ caller, params }: Call): ArmResource =>
    foundResource(world, caller, `${resourceGroupOf(world, params).id}/providers/Microsoft.Web/sites/${params.site}`);
  const may = (call: Call, action: string): ArmResource => {
    const site = siteOf(call);
    authorize(world, call.caller, `Microsoft.Web/sites/${action}`, site.id);
    return site;
  };
  const references = (call: Call) => ok({ value: referencesOf(world, may(call, 'config/read')), nextLink: null });
  return {
    [`GET ${path}/config/configreferences/appsettings`]: references,
    // Nothing is kept of them, so that they are always fresh.
    [`POST ${path}/config/configreferences/appsettings/refresh`]: references,
    [`GET ${path}/workflows`]: (call) => {
      const site = may(call, 'workflows/read');
      const names = Object.keys(filesOf(world, site)).flatMap((file) => /^([^/]+)\/workflow\.json$/.exec(file)?.[1] ?? []);
      return ok({ value: names.map((name) => workflowView(world, site, name)) });
    },
    [`GET ${path}/workflows/{workflow}`]: (call) => {
      const site = may(call, 'workflows/read');
      const { workflow = '' } = call.params;
      if (filesOf(world, site)[`${workflow}/workflow.json`] === undefined)
        refuse(404, 'WorkflowNotFound', `The workflow '${workflow}' could not be found.`);
      return ok(workflowView(world, site, workflow));
    },
    [`GET ${path}/workflowsconfiguration/{kind}`]: (call) => {
      const site = may(call, 'workflows/read');
      const name = `${call.params.kind}.json`;
      const text = filesOf(world, site)[name];
      if (text === undefined) refuse(404, 'NotFound', `There is no ${name}.`);
      return ok({
        id: `${site.id}/workflowsconfiguration/${call.params.kind}`,
        properties: { files: { [name]: parsed(text) }, health: { state: 'Healthy' } },
      });
    },
  };
}

function filesOf({ state }: World, site: ArmResource): Readonly<Record<string, string>> {
  return state.projects.get(site.id.toLowerCase())?.files ?? {};
}

/** Shape: Microsoft's REST reference "Web Apps - Get Workflow" (WorkflowEnvelope). */
function workflowView(world: World, site: ArmResource, name: string) {
  const file = parsed(filesOf(world, site)[`${name}/workflow.json`] ?? '');
  const problem = world.validateWorkflow(member(file, 'definition'), 'standard');
  return {
    id: `${site.id}/workflows/${name}`,
    name: `${site.name}/${name}`,
    type: 'Microsoft.Web/sites/workflows',
    kind: member(file, 'kind'),
    location: site.location,
    properties: {
      files: { 'workflow.json': file },
      flowState: 'Enabled',
      health: problem ? { state: 'Unhealthy', error: problem } : { state: 'Healthy' },
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
