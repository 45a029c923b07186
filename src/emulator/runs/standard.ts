import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { resourceGroupOf } from '../arm/resource-groups.ts';
import { foundResource } from '../arm/resources.ts';
import { authorize } from '../arm/role-assignments.ts';
import { refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { runRoutes } from './routes.ts';

const path =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Web/sites/{site}/hostruntime/runtime/webhooks/workflow/api/management/workflows/{workflow}';

/** Triggers and runs of workflows in apps (Standard), below the address of the app's host. Source: Azure/LogicAppsUX. */
export function standardRunRoutes(world: World): Routes {
  const at = (call: Call, action: string): ArmResource => {
    const { params, caller } = call;
    const site = foundResource(
      world,
      caller,
      `${resourceGroupOf(world, params).id}/providers/Microsoft.Web/sites/${params.site}`,
    );
    authorize(world, caller, `Microsoft.Web/sites/hostruntime/webhooks/api/workflows/${action}`, site.id);
    return workflowIn(world, site, params.workflow ?? '');
  };
  return runRoutes(world, path, at);
}

/** A workflow of an app's project, as what runs it takes one. */
function workflowIn({ state }: World, site: ArmResource, name: string): ArmResource {
  const { files = {} } = state.projects.get(site.id.toLowerCase()) ?? {};
  const read = (file: string): unknown => JSON.parse(files[file] ?? '{}');
  if (files[`${name}/workflow.json`] === undefined) refuse(404, 'WorkflowNotFound', `The workflow '${name}' could not be found.`);
  const parameters = read('parameters.json');
  const definition = member(read(`${name}/workflow.json`), 'definition');
  return {
    ...site,
    id: `${site.id}/workflows/${name}`,
    name,
    properties: { state: 'Enabled', version: '', definition, parameters: isObject(parameters) ? parameters : {} },
  };
}
