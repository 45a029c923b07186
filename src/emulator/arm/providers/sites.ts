import { refuse } from '../../http/answer.ts';
import type { ArmResource } from '../../state.ts';
import type { World } from '../../world.ts';
import { identityOf } from '../identity.ts';
import { parentId } from '../ids.ts';
import { common, type Provider } from '../provider.ts';

export const siteType = 'Microsoft.Web/sites';

/** Apps (App Service and Logic Apps Standard): what they are called, their identity, and where a project is sent. They do not run here. */
export const sites: Provider = {
  type: siteType,
  write: (world, request) => ({ ...common(request, siteType), ...identityOf(world, request) }),
  view: ({ addresses }, resource) => {
    const host = `${resource.name.toLowerCase()}.azurewebsites.net`;
    const repository = `${new URL(addresses.arm).host}/scm/${resource.name.toLowerCase()}`;
    return {
      ...resource,
      properties: {
        state: 'Running',
        ...resource.properties,
        defaultHostName: host,
        enabledHostNames: [host, repository],
        hostNameSslStates: [
          { name: host, sslState: 'Disabled', hostType: 'Standard' },
          { name: repository, sslState: 'Disabled', hostType: 'Repository' },
        ],
      },
    };
  },
  remove: ({ state }, resource) => {
    state.projects.delete(resource.id.toLowerCase());
    for (const id of [...state.resources.keys()]) if (id.startsWith(`${resource.id.toLowerCase()}/`)) state.resources.delete(id);
  },
};

/** Settings of an app; each write replaces all of one kind, as in Azure. */
export const siteConfig: Provider = {
  type: `${siteType}/config`,
  lists: { list: (resource) => resource },
  write: ({ state }, request) => {
    if (!state.resources.has((parentId(request.id) ?? '').toLowerCase()))
      refuse(404, 'ParentResourceNotFound', `The app of '${request.id.name}' was not found.`);
    return common(request, `${siteType}/config`);
  },
};

/** An app by its name, of which there is one in the world. */
export function siteNamed({ state }: World, name: string): ArmResource | undefined {
  return [...state.resources.values()].find((one) => one.type === siteType && one.name.toLowerCase() === name.toLowerCase());
}
