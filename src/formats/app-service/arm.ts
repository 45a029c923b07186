import type { JsonObject } from '../../definition/definition.ts';
import { armDeclarations } from '../arm/parameters.ts';
import { templateSchema } from '../arm/template-schema.ts';
import { vaultAccessDeployment } from '../arm/vault-access.ts';
import { armSettings } from '../site/app-setting.ts';
import { appSettingsDeployment, siteId, siteIdentity, sitePrincipalId, vaultAccessId, webApiVersion } from '../site/arm.ts';
import type { App } from './app.ts';

const planId = "resourceId('Microsoft.Web/serverfarms', parameters('planName'))";

/** The ARM template of a web app: its settings and its access to the vault, and plan and app themselves where they are new. */
export function armTemplate({ target, parameters, settings, vaultAccess }: App): JsonObject {
  const isUserAssigned = target.userAssignedIdentity !== undefined;
  const principalId = sitePrincipalId(isUserAssigned);
  const dependsOnSite = target.newSite ? [`[${siteId}]`] : [];
  const access =
    vaultAccess &&
    vaultAccessDeployment(vaultAccess, {
      nameParameter: 'siteName',
      principalId,
      dependsOn: isUserAssigned ? [] : dependsOnSite,
    });
  return {
    $schema: templateSchema,
    contentVersion: '1.0.0.0',
    parameters: armDeclarations(parameters),
    resources: [
      ...(target.newSite ? [plan(), site(isUserAssigned)] : []),
      ...(access ? [access] : []),
      appSettingsDeployment(armSettings(settings), [...dependsOnSite, ...(access ? [vaultAccessId] : [])]),
    ],
    outputs: {
      siteId: { type: 'string', value: `[${siteId}]` },
      principalId: { type: 'string', value: `[${principalId}]` },
    },
  };
}

function plan(): JsonObject {
  return {
    type: 'Microsoft.Web/serverfarms',
    apiVersion: webApiVersion,
    name: "[parameters('planName')]",
    location: "[parameters('location')]",
    tags: "[parameters('tags')]",
    kind: 'app',
    sku: { name: "[parameters('planSku')]" },
    properties: {},
  };
}

function site(isUserAssigned: boolean): JsonObject {
  return {
    type: 'Microsoft.Web/sites',
    apiVersion: webApiVersion,
    name: "[parameters('siteName')]",
    location: "[parameters('location')]",
    tags: "[parameters('tags')]",
    kind: 'app',
    identity: siteIdentity(isUserAssigned),
    dependsOn: [`[${planId}]`],
    properties: {
      serverFarmId: `[${planId}]`,
      httpsOnly: true,
      ...(isUserAssigned && { keyVaultReferenceIdentity: "[parameters('userAssignedIdentity')]" }),
      siteConfig: { ftpsState: 'Disabled', minTlsVersion: '1.2' },
    },
  };
}
