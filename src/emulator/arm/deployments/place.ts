import { guid } from '../../../template-language/guid.ts';
import { type Known, unknown, type Value } from '../../../template-language/value.ts';
import type { ArmResource } from '../../state.ts';
import type { World } from '../../world.ts';
import { resourceId } from '../ids.ts';

/** Where a template is deployed to. */
export interface DeploymentScope {
  /** Id of the subscription, without a path. */
  readonly subscription: string;
  readonly group: ArmResource;
  readonly deploymentName: string;
}

/** Functions of a template about the place that it is deployed to; names in lower case. Undefined for other functions. */
export function scopeFunction(world: World, place: DeploymentScope, name: string, values: readonly Known[]): Value | undefined {
  const texts = values.map(String);
  const subscription = `/subscriptions/${place.subscription}`;
  switch (name) {
    case 'guid':
      return guid(texts);
    case 'subscription':
      return { id: subscription, subscriptionId: place.subscription, tenantId: world.tenantId, displayName: 'certflow emulator' };
    case 'resourcegroup':
      // With arguments it is Bicep's, and never reaches a template.
      return place.group;
    case 'tenant':
      return { tenantId: world.tenantId };
    case 'deployment':
      return { name: place.deploymentName };
    case 'environment':
      return {
        name: 'AzureCloud',
        suffixes: { storage: 'core.windows.net', keyvaultDns: '.vault.azure.net' },
        resourceManager: world.addresses.arm,
        authentication: { loginEndpoint: world.addresses.entra },
      };
    case 'resourceid':
      return fromArguments(place, texts);
    case 'subscriptionresourceid': {
      const at = texts.findIndex((text) => text.includes('/'));
      const scope = at === 1 ? `/subscriptions/${texts[0]}` : subscription;
      return named(scope, texts.slice(at));
    }
    case 'tenantresourceid':
      return named('', texts);
    case 'extensionresourceid':
      return named(texts[0] ?? '', texts.slice(1));
    default:
      return undefined;
  }
}

/** `resourceId([subscription], [group], type, name, …)`. */
function fromArguments(place: DeploymentScope, texts: readonly string[]): Value {
  const at = texts.findIndex((text) => text.includes('/'));
  const group = at > 0 ? texts[at - 1] : place.group.name;
  const subscription = at > 1 ? texts[at - 2] : place.subscription;
  return named(`/subscriptions/${subscription}/resourceGroups/${group}`, texts.slice(at));
}

function named(scope: string, [type = '', ...names]: readonly string[]): Value {
  return type.split('/').length - 1 === names.length ? resourceId(scope, type, names) : unknown;
}
