import { common, type Provider } from '../provider.ts';

/** What stands around an app, and is kept as it was written: plans, storage accounts, logs. */
export const aroundSites: readonly Provider[] = [
  plain('Microsoft.Web/serverfarms'),
  plain('Microsoft.Storage/storageAccounts'),
  plain('Microsoft.OperationalInsights/workspaces'),
  plain('Microsoft.Web/connections/accessPolicies'),
  {
    ...plain('Microsoft.Insights/components'),
    view: (_, resource) => ({
      ...resource,
      properties: {
        ...resource.properties,
        // The shape of Azure's; nothing listens there.
        ConnectionString: `InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://${resource.name}.invalid/`,
      },
    }),
  },
];

function plain(type: string): Provider {
  return { type, write: (_, request) => ({ ...common(request, type) }) };
}
