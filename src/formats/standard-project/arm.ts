import type { JsonObject } from '../../definition/definition.ts';
import { armDeclarations } from '../arm/parameters.ts';
import { templateSchema } from '../arm/template-schema.ts';
import { vaultAccessDeployment } from '../arm/vault-access.ts';
import { armSettings } from '../site/app-setting.ts';
import { appSettingsDeployment, siteId, siteIdentity, sitePrincipalId, vaultAccessId, webApiVersion } from '../site/arm.ts';
import type { LogicApp } from './logic-app.ts';
import { runtimeSettings } from './runtime.ts';

const resourceIds = {
  storage: "resourceId('Microsoft.Storage/storageAccounts', parameters('storageAccountName'))",
  logWorkspace: "resourceId('Microsoft.OperationalInsights/workspaces', parameters('logWorkspaceName'))",
  applicationInsights: "resourceId('Microsoft.Insights/components', parameters('applicationInsightsName'))",
  plan: "resourceId('Microsoft.Web/serverfarms', parameters('planName'))",
  connection: "resourceId('Microsoft.Web/connections', parameters('connectionName'))",
} as const;

const runtimeUrl = `[reference(${resourceIds.connection}, '2016-06-01').connectionRuntimeUrl]`;
const common = { location: "[parameters('location')]", tags: "[parameters('tags')]" } as const;

/** The ARM template of a Logic App (Standard), or of what a workflow adds to one. Shapes: facts/workflow-definitions.md 5.2, 5.5 and 7. */
export function armTemplate(parts: LogicApp): JsonObject {
  const { target, names, parameters, vaultAccess } = parts;
  const isNew = target.newSite !== undefined;
  const isManaged = names.connector === 'managed';
  const isUserAssigned = target.userAssignedIdentity !== undefined;
  const principalId = sitePrincipalId(isUserAssigned);
  const dependsOnSite = isNew ? [`[${siteId}]`] : [];
  const dependsOnIdentity = isUserAssigned ? [] : dependsOnSite;
  const settingsDependOn = [
    ...(isNew ? [`[${resourceIds.applicationInsights}]`] : []),
    ...(isManaged ? [`[${resourceIds.connection}]`] : []),
    ...dependsOnSite,
    ...(isNew ? [`[${resourceIds.storage}]`] : []),
    ...(vaultAccess ? [vaultAccessId] : []),
  ];
  return {
    $schema: templateSchema,
    contentVersion: '1.0.0.0',
    parameters: armDeclarations(parameters),
    resources: [
      ...(isNew ? [storage(), logWorkspace(), applicationInsights(), plan(), site(isUserAssigned)] : []),
      ...(isManaged ? [connection(), connectionAccess(principalId, dependsOnIdentity)] : []),
      ...(vaultAccess
        ? [vaultAccessDeployment(vaultAccess, { nameParameter: 'siteName', principalId, dependsOn: dependsOnIdentity })]
        : []),
      appSettingsDeployment(allSettings(parts), settingsDependOn),
    ],
    outputs: {
      siteId: { type: 'string', value: `[${siteId}]` },
      principalId: { type: 'string', value: `[${principalId}]` },
      ...(isManaged && { connectionRuntimeUrl: { type: 'string', value: runtimeUrl } }),
    },
  };
}

function allSettings({ target, names, settings, connectionSettings, placeSettings }: LogicApp): JsonObject {
  const isNew = target.newSite !== undefined;
  const isManaged = names.connector === 'managed';
  const storageConnection = `[format('DefaultEndpointsProtocol=https;AccountName={0};AccountKey={1};EndpointSuffix={2}', parameters('storageAccountName'), listKeys(${resourceIds.storage}, '2023-05-01').keys[0].value, environment().suffixes.storage)]`;
  return {
    ...(isNew && {
      ...runtimeSettings,
      APPLICATIONINSIGHTS_CONNECTION_STRING: `[reference(${resourceIds.applicationInsights}, '2020-02-02').ConnectionString]`,
      AzureWebJobsStorage: storageConnection,
      WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: storageConnection,
      WEBSITE_CONTENTSHARE: "[toLower(parameters('siteName'))]",
    }),
    ...((isNew || isManaged) && Object.fromEntries(placeSettings.map(({ name, arm }) => [name, `[${arm}]`]))),
    ...(isManaged && { [connectionSettings.runtimeUrl]: runtimeUrl }),
    ...armSettings(settings),
  };
}

function storage(): JsonObject {
  return {
    type: 'Microsoft.Storage/storageAccounts',
    apiVersion: '2023-05-01',
    name: "[parameters('storageAccountName')]",
    ...common,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowBlobPublicAccess: false, minimumTlsVersion: 'TLS1_2', supportsHttpsTrafficOnly: true },
  };
}

function logWorkspace(): JsonObject {
  return {
    type: 'Microsoft.OperationalInsights/workspaces',
    apiVersion: '2023-09-01',
    name: "[parameters('logWorkspaceName')]",
    ...common,
    properties: { sku: { name: 'PerGB2018' } },
  };
}

function applicationInsights(): JsonObject {
  return {
    type: 'Microsoft.Insights/components',
    apiVersion: '2020-02-02',
    name: "[parameters('applicationInsightsName')]",
    ...common,
    kind: 'web',
    dependsOn: [`[${resourceIds.logWorkspace}]`],
    properties: { Application_Type: 'web', WorkspaceResourceId: `[${resourceIds.logWorkspace}]` },
  };
}

function plan(): JsonObject {
  return {
    type: 'Microsoft.Web/serverfarms',
    apiVersion: webApiVersion,
    name: "[parameters('planName')]",
    ...common,
    kind: 'elastic',
    sku: { name: "[parameters('planSku')]", tier: 'WorkflowStandard' },
    properties: {},
  };
}

function site(isUserAssigned: boolean): JsonObject {
  return {
    type: 'Microsoft.Web/sites',
    apiVersion: webApiVersion,
    name: "[parameters('siteName')]",
    ...common,
    kind: 'functionapp,workflowapp',
    identity: siteIdentity(isUserAssigned),
    dependsOn: [`[${resourceIds.plan}]`],
    properties: {
      serverFarmId: `[${resourceIds.plan}]`,
      httpsOnly: true,
      siteConfig: { ftpsState: 'Disabled', minTlsVersion: '1.2', netFrameworkVersion: 'v8.0', use32BitWorkerProcess: false },
    },
  };
}

function connection(): JsonObject {
  return {
    type: 'Microsoft.Web/connections',
    apiVersion: '2016-06-01',
    name: "[parameters('connectionName')]",
    ...common,
    kind: 'V2',
    properties: {
      displayName: "[parameters('connectionName')]",
      api: { id: "[subscriptionResourceId('Microsoft.Web/locations/managedApis', parameters('location'), 'keyvault')]" },
      parameterValueType: 'Alternative',
      alternativeParameterValues: { vaultName: "[parameters('keyVaultName')]" },
      customParameterValues: {},
    },
  };
}

/** Lets the Logic App use the connection. */
function connectionAccess(principalId: string, dependsOn: readonly string[]): JsonObject {
  return {
    type: 'Microsoft.Web/connections/accessPolicies',
    apiVersion: '2016-06-01',
    name: "[format('{0}/{1}', parameters('connectionName'), parameters('siteName'))]",
    location: "[parameters('location')]",
    dependsOn: [`[${resourceIds.connection}]`, ...dependsOn],
    properties: {
      principal: {
        type: 'ActiveDirectory',
        identity: { tenantId: '[subscription().tenantId]', objectId: `[${principalId}]` },
      },
    },
  };
}
