import funcignore from '../../generated/templates/standard-project/funcignore.js';
import gitignore from '../../generated/templates/standard-project/gitignore.js';
import { knownSettings } from '../../infrastructure/app-settings.ts';
import { knownOf } from '../../infrastructure/resolve.ts';
import type { StandardInfrastructure } from '../../infrastructure/standard/logic-app.ts';
import { extensionBundle } from '../../infrastructure/standard/runtime.ts';
import type { Json, JsonObject } from '../../json/json.ts';
import { render } from '../../text/render.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { toJson } from '../writing/json.ts';

/**
 * The project as VS Code and the deployment tools expect it. Workflows share its files, so each adds its own to what is there.
 * Shapes: docs/facts/standard-project.md and docs/facts/key-vault.md#standard.
 */
export function projectFiles(input: WriteInput, parts: StandardInfrastructure): GeneratedFile[] {
  const mergeLevels: Readonly<Record<string, 1 | 2>> = { 'connections.json': 2, 'parameters.json': 1 };
  const running = Object.entries(projectJson(input, parts)).map(([path, value]): GeneratedFile => {
    const levels = mergeLevels[path];
    return { path, contents: toJson(value), ...(levels && { ifThere: { mergeLevels: levels, wins: 'ours' } }) };
  });
  return [
    ...running,
    { path: 'host.json', contents: toJson(host), ifThere: 'keep' },
    {
      path: 'local.settings.json',
      contents: toJson(localSettings(parts)),
      // A developer's own values stay.
      ifThere: { mergeLevels: 2, wins: 'theirs' },
    },
    { path: '.funcignore', contents: render(funcignore, {}), ifThere: 'keep' },
    { path: '.gitignore', contents: render(gitignore, {}), ifThere: 'keep' },
  ];
}

/** The files that say what runs, by path. */
export function projectJson(
  { definition }: Pick<WriteInput, 'definition'>,
  parts: StandardInfrastructure,
): Record<string, object> {
  return {
    [`${parts.workflowName}/workflow.json`]: { definition, kind: 'Stateful' },
    'connections.json': connections(parts),
    'parameters.json': parameters(parts),
  };
}

const host = {
  version: '2.0',
  logging: { applicationInsights: { samplingSettings: { isEnabled: true, excludedTypes: 'Request' } } },
  extensionBundle,
};

/** The connection of the workflow, in `connections.json`; nothing where it has none. */
export function connections({
  names,
  target,
  workflowName,
  vaultAudience,
  connectionSettings: setting,
}: StandardInfrastructure): JsonObject {
  if (!setting) return {};
  const identity = target.userAssignedIdentity === undefined ? undefined : `@appsetting('${setting.identity}')`;
  if (names.connector === 'builtIn') {
    const connection: JsonObject = {
      displayName: `Key Vault of ${workflowName}`,
      parameterSetName: 'ManagedServiceIdentity',
      parameterValues: {
        VaultUri: `@appsetting('${setting.vaultUri}')`,
        authProvider: { Type: 'ManagedServiceIdentity', ...(identity && { Identity: identity }) },
      },
      serviceProvider: { id: '/serviceProviders/keyVault' },
    };
    return { serviceProviderConnections: { [names.connection]: connection } };
  }
  const subscription = "/subscriptions/@{appsetting('WORKFLOWS_SUBSCRIPTION_ID')}";
  const authentication = { type: 'ManagedServiceIdentity', ...(identity && { identity }) };
  const connection: JsonObject = {
    api: {
      id: `${subscription}/providers/Microsoft.Web/locations/@{appsetting('WORKFLOWS_LOCATION_NAME')}/managedApis/keyvault`,
    },
    connection: {
      id: `${subscription}/resourceGroups/@{appsetting('WORKFLOWS_RESOURCE_GROUP_NAME')}/providers/Microsoft.Web/connections/@{appsetting('${setting.connectionName}')}`,
    },
    connectionRuntimeUrl: `@appsetting('${setting.runtimeUrl}')`,
    authentication,
    connectionProperties: { authentication: { ...authentication, audience: vaultAudience } },
  };
  return { managedApiConnections: { [names.connection]: connection } };
}

/** The parameters of the workflow, in `parameters.json`: only app settings differ by environment. */
export function parameters({ workflowSettings }: StandardInfrastructure): JsonObject {
  const declared = workflowSettings.map((name): [string, Json] => [name, { type: 'String', value: `@appsetting('${name}')` }]);
  return Object.fromEntries(declared);
}

/** Settings of a developer's machine, where the storage emulator takes the place of an account. */
export function localSettings(parts: StandardInfrastructure) {
  const { settings, placeSettings, names, connectionSettings } = parts;
  return {
    IsEncrypted: false,
    Values: {
      APP_KIND: 'workflowApp',
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      FUNCTIONS_WORKER_RUNTIME: 'dotnet',
      FUNCTIONS_INPROC_NET8_ENABLED: '1',
      ...Object.fromEntries(placeSettings.map(({ name, local }) => [name, local])),
      ...knownSettings(settings, knownOf(parts)),
      ...(connectionSettings &&
        names.connector === 'managed' && {
          [connectionSettings.runtimeUrl]: '<connectionRuntimeUrl, an output of the deployment>',
        }),
    },
  };
}
