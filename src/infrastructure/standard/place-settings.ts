import { cloudProfile } from '../../cloud/profile.ts';
import type { Environment } from '../../spec/spec.ts';
import { parameter, surroundings, type Value } from '../value.ts';
import type { StandardPlace } from './place.ts';

/** An app setting that says where the Logic App is. */
export interface PlaceSetting {
  readonly name: string;
  /** What the deployment works out. */
  readonly value: Value;
  /** What a developer's machine is told, where no deployment works it out. */
  readonly local: string;
}

/**
 * The settings by which connections.json, the runtime and the designer find a Logic App's place.
 * Source: docs/facts/standard-project.md#app-settings.
 */
export function placeSettings(
  { cloud, appRegistration }: Environment,
  { subscription, resourceGroup, location }: StandardPlace,
): PlaceSetting[] {
  // The spec does not name the subscription's tenant; that of the app registration is nearly always the same.
  const tenant = appRegistration.tenantId ?? '<id of the tenant that the subscription is in>';
  const resourceManager = `${cloudProfile(cloud).resourceManager.endpoint}/`;
  return [
    { name: 'WORKFLOWS_TENANT_ID', value: surroundings('tenantId'), local: tenant },
    { name: 'WORKFLOWS_SUBSCRIPTION_ID', value: surroundings('subscriptionId'), local: subscription },
    { name: 'WORKFLOWS_RESOURCE_GROUP_NAME', value: surroundings('resourceGroup'), local: resourceGroup },
    { name: 'WORKFLOWS_LOCATION_NAME', value: parameter('location'), local: location },
    { name: 'WORKFLOWS_MANAGEMENT_BASE_URI', value: surroundings('resourceManager'), local: resourceManager },
  ];
}
