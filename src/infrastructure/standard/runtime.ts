/** What runs the workflows. Source: facts/workflow-definitions.md 5.4 and 5.5 (Microsoft's LogicAppsUX, constants.ts and host.ts). */
export const extensionBundle = { id: 'Microsoft.Azure.Functions.ExtensionBundle.Workflows', version: '[1.*, 2.0.0)' } as const;

/** The fixed settings that every Logic App (Standard) has. Source: the same. */
export const runtimeSettings: Readonly<Record<string, string>> = {
  APP_KIND: 'workflowApp',
  FUNCTIONS_EXTENSION_VERSION: '~4',
  FUNCTIONS_WORKER_RUNTIME: 'dotnet',
  FUNCTIONS_INPROC_NET8_ENABLED: '1',
  AzureFunctionsJobHost__extensionBundle__id: extensionBundle.id,
  AzureFunctionsJobHost__extensionBundle__version: extensionBundle.version,
  WEBSITE_NODE_DEFAULT_VERSION: '~22',
};
