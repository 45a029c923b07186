import type { Identity, Resource } from '../model.ts';
import { idOf, parameter } from '../value.ts';

/** What a new Logic App (Standard) is made of. */
export interface NewSite {
  readonly storage: Resource;
  readonly logWorkspace: Resource;
  readonly applicationInsights: Resource;
  readonly plan: Resource;
  readonly site: Resource;
}

const common = { location: parameter('location'), tags: parameter('tags') };

const storage: Resource = {
  kind: 'resource',
  symbol: 'storage',
  type: 'Microsoft.Storage/storageAccounts',
  name: parameter('storageAccountName'),
  members: {
    ...common,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowBlobPublicAccess: false, minimumTlsVersion: 'TLS1_2', supportsHttpsTrafficOnly: true },
  },
};

const logWorkspace: Resource = {
  kind: 'resource',
  symbol: 'logWorkspace',
  type: 'Microsoft.OperationalInsights/workspaces',
  name: parameter('logWorkspaceName'),
  members: { ...common, properties: { sku: { name: 'PerGB2018' } } },
};

const applicationInsights: Resource = {
  kind: 'resource',
  symbol: 'applicationInsights',
  type: 'Microsoft.Insights/components',
  name: parameter('applicationInsightsName'),
  members: {
    ...common,
    kind: 'web',
    properties: { Application_Type: 'web', WorkspaceResourceId: idOf(logWorkspace) },
  },
};

const plan: Resource = {
  kind: 'resource',
  symbol: 'plan',
  type: 'Microsoft.Web/serverfarms',
  name: parameter('planName'),
  members: {
    ...common,
    kind: 'elastic',
    sku: { name: parameter('planSku'), tier: 'WorkflowStandard' },
    properties: {},
  },
};

/** Shapes: docs/facts/standard-project.md and docs/facts/resource-manager.md. */
export function newSite(identity: Identity): NewSite {
  const site: Resource = {
    kind: 'resource',
    symbol: 'site',
    type: 'Microsoft.Web/sites',
    name: parameter('siteName'),
    members: {
      ...common,
      kind: 'functionapp,workflowapp',
      properties: {
        serverFarmId: idOf(plan),
        httpsOnly: true,
        siteConfig: { ftpsState: 'Disabled', minTlsVersion: '1.2', netFrameworkVersion: 'v8.0', use32BitWorkerProcess: false },
      },
    },
    identity,
  };
  return { storage, logWorkspace, applicationInsights, plan, site };
}
