import type { JsonObject } from '../../definition/definition.ts';
import { templateSchema } from '../arm/template-schema.ts';

/** Versions of Microsoft.Web that the templates use for sites, plans and settings. */
export const webApiVersion = '2024-04-01';

export const siteId = "resourceId('Microsoft.Web/sites', parameters('siteName'))";

/**
 * A deployment of its own that adds settings to those that the app in the parameter `siteName` has: a template that names settings
 * replaces all of them. What is listed, and what is added, may hold secrets, so both travel as secure objects.
 * Source: docs/facts/resource-manager.md#access. `settings` are ARM values by name, expressions in brackets.
 */
export function appSettingsDeployment(settings: JsonObject, dependsOn: readonly string[]): JsonObject {
  const current = `list(resourceId('Microsoft.Web/sites/config', parameters('siteName'), 'appsettings'), '${webApiVersion}').properties`;
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-07-01',
    name: "[take(format('{0}-app-settings', parameters('siteName')), 64)]",
    ...(dependsOn.length > 0 ? { dependsOn: [...dependsOn] } : {}),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: {
        siteName: { value: "[parameters('siteName')]" },
        currentAppSettings: { value: `[${current}]` },
        appSettings: { value: settings },
      },
      template: {
        $schema: templateSchema,
        contentVersion: '1.0.0.0',
        parameters: {
          siteName: { type: 'string' },
          currentAppSettings: { type: 'secureObject' },
          appSettings: { type: 'secureObject' },
        },
        resources: [
          {
            type: 'Microsoft.Web/sites/config',
            apiVersion: webApiVersion,
            name: "[format('{0}/appsettings', parameters('siteName'))]",
            properties: "[union(parameters('currentAppSettings'), parameters('appSettings'))]",
          },
        ],
      },
    },
  };
}

/** What depends on the deployment that lets the site read the vault names it so. */
export const vaultAccessId =
  "[extensionResourceId(format('/subscriptions/{0}/resourceGroups/{1}', parameters('keyVaultSubscription'), parameters('keyVaultResourceGroup')), 'Microsoft.Resources/deployments', take(format('{0}-vault-access', parameters('siteName')), 64))]";

/** The identity of a new site. */
export function siteIdentity(isUserAssigned: boolean): JsonObject {
  return isUserAssigned
    ? { type: 'UserAssigned', userAssignedIdentities: { "[parameters('userAssignedIdentity')]": {} } }
    : { type: 'SystemAssigned' };
}

/** The object id of the identity of the site in the parameter `siteName`, as an expression without brackets. */
export function sitePrincipalId(isUserAssigned: boolean): string {
  return isUserAssigned
    ? "reference(parameters('userAssignedIdentity'), '2023-01-31').principalId"
    : `reference(${siteId}, '${webApiVersion}', 'full').identity.principalId`;
}
