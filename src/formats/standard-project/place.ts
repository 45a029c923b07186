import { cloudProfile } from '../../cloud/profile.ts';
import type { Environment } from '../../spec/spec.ts';
import type { StandardTarget } from './target.ts';

/** An app setting that says where the Logic App is. */
export interface PlaceSetting {
  readonly name: string;
  /** Expressions of templates, which the deployment works out. */
  readonly arm: string;
  readonly bicep: string;
  /** What a developer's machine is told, where no deployment works it out. */
  readonly local: string;
}

/** The settings by which connections.json, the runtime and the designer find a Logic App's place. Source: facts/workflow-definitions.md 5.5. */
export function placeSettings(
  { cloud, appRegistration }: Environment,
  { subscription, resourceGroup, location }: StandardTarget,
): PlaceSetting[] {
  return [
    {
      ...same('WORKFLOWS_TENANT_ID', 'subscription().tenantId'),
      // The spec does not name the subscription's tenant; that of the app registration is nearly always the same.
      local: appRegistration.tenantId ?? '<id of the tenant that the subscription is in>',
    },
    { ...same('WORKFLOWS_SUBSCRIPTION_ID', 'subscription().subscriptionId'), local: subscription },
    { ...same('WORKFLOWS_RESOURCE_GROUP_NAME', 'resourceGroup().name'), local: resourceGroup },
    { name: 'WORKFLOWS_LOCATION_NAME', arm: "parameters('location')", bicep: 'location', local: location },
    {
      ...same('WORKFLOWS_MANAGEMENT_BASE_URI', 'environment().resourceManager'),
      local: `${cloudProfile(cloud).resourceManager.endpoint}/`,
    },
  ];
}

/** Functions of both template languages. */
function same(name: string, expression: string) {
  return { name, arm: expression, bicep: expression };
}
