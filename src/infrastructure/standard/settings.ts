import { clouds } from '../../cloud/clouds.ts';
import type { StandardNames } from '../../workflow/dialects/standard.ts';
import type { AppSettings } from '../app-settings.ts';
import type { InfrastructureInput } from '../input.ts';
import type { Resource } from '../model.ts';
import { Computed, concatenation, parameter, propertyOf, surroundings } from '../value.ts';
import type { NewSite } from './new-site.ts';
import type { StandardPlace } from './place.ts';
import { runtimeSettings } from './runtime.ts';

/** Names of the settings that connections.json takes its values from. */
export interface ConnectionSettings {
  /** Of the built-in connector. */
  readonly vaultUri: string;
  /** Of the managed connector. */
  readonly connectionName: string;
  readonly runtimeUrl: string;
  /** Resource id of a user-assigned identity. */
  readonly identity: string;
}

export function connectionSettings({ connection }: StandardNames): ConnectionSettings {
  return {
    vaultUri: `${connection}_VaultUri`,
    connectionName: `${connection}_connectionName`,
    runtimeUrl: `${connection}_connectionRuntimeUrl`,
    identity: `${connection}_identity`,
  };
}

/** The app setting of a parameter of the workflow. */
export function workflowSetting({ prefix }: StandardNames, parameterName: string): string {
  return `${prefix}_${parameterName}`;
}

/** What the workflow itself needs, besides what every Logic App (Standard) has. */
export function workflowSettings(
  { environment, workflow }: InfrastructureInput,
  names: StandardNames,
  { userAssignedIdentity }: StandardPlace,
): AppSettings {
  const setting = connectionSettings(names);
  const isManaged = names.connector === 'managed';
  return {
    // Without it, no certificate can be used for signing in: docs/facts/standard-project.md#app-settings.
    ...(environment.certificate && { WEBSITE_LOAD_USER_PROFILE: '1' }),
    ...(environment.cloud === 'public' ? {} : { AZURE_AUTHORITY_HOST: clouds[environment.cloud].authority }),
    ...(environment.vault && {
      ...(isManaged
        ? { [setting.connectionName]: parameter('connectionName') }
        : { [setting.vaultUri]: parameter('keyVaultUri') }),
      ...(userAssignedIdentity === undefined ? {} : { [setting.identity]: parameter('userAssignedIdentity') }),
    }),
    ...Object.fromEntries(workflow.parameters.map(({ name }) => [workflowSetting(names, name), parameter(name)])),
  };
}

/** What a new Logic App runs with. */
export function newSiteSettings({ storage, applicationInsights }: NewSite): AppSettings {
  const storageConnection = concatenation([
    'DefaultEndpointsProtocol=https;AccountName=',
    parameter('storageAccountName'),
    ';AccountKey=',
    new Computed({ kind: 'accessKey', of: storage }),
    ';EndpointSuffix=',
    surroundings('storageSuffix'),
  ]);
  return {
    ...runtimeSettings,
    APPLICATIONINSIGHTS_CONNECTION_STRING: propertyOf(applicationInsights, 'properties', 'ConnectionString'),
    AzureWebJobsStorage: storageConnection,
    WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: storageConnection,
    WEBSITE_CONTENTSHARE: new Computed({ kind: 'lowerCase', of: parameter('siteName') }),
  };
}

/** The address at which the managed connector is called. */
export function runtimeUrlOf(connection: Resource): Computed {
  return propertyOf(connection, 'properties', 'connectionRuntimeUrl');
}
