import type { CloudProfile } from '../../src/cloud/profile.ts';
import { type Azure, subscription } from '../emulator/azure.ts';
import { send } from '../emulator/request.ts';
import { credential } from '../emulator/start.ts';

export { subscription };

/** An app of somebody's, with settings, in the group of these tests. */
export async function appOf(
  { clients, profile }: { readonly clients: Azure; readonly profile: CloudProfile },
  name: string,
  settings: Readonly<Record<string, string>>,
  more: object = {},
) {
  const id = `subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/sites/${name}`;
  const { resources } = clients.resources;
  await resources.createOrUpdateById(id, '2024-04-01', { location: 'westeurope', properties: { httpsOnly: true }, ...more });
  await resources.createOrUpdateById(`${id}/config/appsettings`, '2024-04-01', { properties: settings });
  return {
    get: () => resources.getById(id, '2024-04-01'),
    settings: async (): Promise<unknown> => {
      const { token } = await credential(profile).getToken('https://management.azure.com/.default');
      const url = `${profile.resourceManager.endpoint}/${id}/config/appsettings/list?api-version=2024-04-01`;
      return (await send(profile, 'POST', url, undefined, { authorization: `Bearer ${token}` })).body.properties;
    },
  };
}
