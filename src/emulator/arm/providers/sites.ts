import { refuse } from '../../http/answer.ts';
import { identityOf } from '../identity.ts';
import { parentId } from '../ids.ts';
import { common, type Provider } from '../provider.ts';

/** Apps (App Service and Logic Apps Standard): what they are called, and their identity. They do not run here. */
export const sites: Provider = {
  type: 'Microsoft.Web/sites',
  write: (world, request) => ({ ...common(request, 'Microsoft.Web/sites'), ...identityOf(world, request) }),
  view: (_, resource) => ({
    ...resource,
    properties: { ...resource.properties, state: 'Running', defaultHostName: `${resource.name.toLowerCase()}.azurewebsites.net` },
  }),
};

/** Settings of an app; each write replaces all of one kind, as in Azure. */
export const siteConfig: Provider = {
  type: 'Microsoft.Web/sites/config',
  lists: { list: (resource) => resource },
  write: ({ state }, request) => {
    if (!state.resources.has((parentId(request.id) ?? '').toLowerCase()))
      refuse(404, 'ParentResourceNotFound', `The app of '${request.id.name}' was not found.`);
    return common(request, 'Microsoft.Web/sites/config');
  },
};
