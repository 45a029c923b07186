import { createHash } from 'node:crypto';
import { common, type Provider } from '../provider.ts';

/**
 * What an app stands on. It is kept and shown as it was written, with what else a template asks of it; none of it does anything.
 * Keys and connection strings are made of the id, so that they stay the same.
 */
export const hosting: readonly Provider[] = [
  kept('Microsoft.Web/serverfarms'),
  kept('Microsoft.OperationalInsights/workspaces'),
  kept('Microsoft.Storage/storageAccounts', undefined, {
    listKeys: ({ id }) => ({
      keys: ['key1', 'key2'].map((keyName) => ({ keyName, value: madeOf(`${id} ${keyName}`, 'base64'), permissions: 'FULL' })),
    }),
  }),
  kept('Microsoft.Insights/components', ({ id, name }) => {
    const key = madeOf(id, 'hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    return { InstrumentationKey: key, AppId: name, ConnectionString: `InstrumentationKey=${key}` };
  }),
  // Which identities may use a connection of kind V2.
  kept('Microsoft.Web/connections/accessPolicies'),
];

function kept(
  type: string,
  added: (resource: { id: string; name: string }) => object = () => ({}),
  lists: Provider['lists'] = {},
): Provider {
  return {
    type,
    lists,
    write: (_, request) => common(request, type),
    view: (_, resource) => ({
      ...resource,
      properties: { ...resource.properties, provisioningState: 'Succeeded', ...added(resource) },
    }),
  };
}

function madeOf(text: string, encoding: 'hex' | 'base64'): string {
  return createHash('sha512').update(text.toLowerCase()).digest(encoding);
}
