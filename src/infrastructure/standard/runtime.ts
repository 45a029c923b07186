/** What runs the workflows. Source: docs/facts/standard-project.md#app-settings. */
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
