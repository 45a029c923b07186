import { knownApis } from '../cloud/apis.ts';
import { knownService } from '../cloud/clouds.ts';
import { chooseTarget } from '../deploy/targets/target-name.ts';
import type { Ground } from '../emulator/index.ts';
import { appServicePlace } from '../infrastructure/app-service/place.ts';
import { consumptionPlace } from '../infrastructure/consumption/place.ts';
import { resolvedId } from '../infrastructure/resolve.ts';
import { standardPlace } from '../infrastructure/standard/place.ts';
import { wanted } from '../setup/wanted.ts';
import { environmentsInAzure } from '../spec/developer-machine.ts';
import { needsOf } from '../spec/needs.ts';
import type { Environment, Permission, Request, Spec } from '../spec/spec.ts';

/** What the environments of a spec expect to find in Azure before they are deployed. Throws a SpecError where one says not where. */
export function groundOf(spec: Spec): Ground[] {
  return environmentsInAzure(spec).map((environment) => {
    const { vault, certificate, appRegistration, addresses, identityPermissions } = environment;
    const target = targetOf(spec, environment);
    const { clientId, displayName = spec.name, permissions = [] } = appRegistration;
    const rightsOf = (way: Request['signIn'], permissions: readonly Permission[]) => {
      const called = addresses.flatMap(({ audience }, index) =>
        audience === undefined || spec.requests[index]?.signIn !== way ? [] : [{ audience, roles: [] }],
      );
      const apis = [...called, ...permissions.map(({ api, roles }) => ({ audience: apiId(api), roles }))];
      const sites = permissions.flatMap(({ sites = [] }) =>
        sites.map(({ url, role }) => ({ url: url.replace(/\/+$/, ''), role })),
      );
      return { apis, sites };
    };
    const ofApplication = rightsOf('entra', permissions);
    const ofIdentity = rightsOf('managedIdentity', identityPermissions);
    const sites = [...ofApplication.sites, ...ofIdentity.sites];
    const asked = [...addresses.flatMap(({ audience }) => audience ?? []), ...sites.map(({ url }) => url)];
    const hosts = asked.flatMap((url) => URL.parse(url)?.hostname ?? []);
    const { tenantId = '' } = appRegistration;
    return {
      ...(tenantId.includes('.') && { domain: tenantId }),
      hosts: [...new Set(hosts.filter((host) => knownService(host)?.service === 'sharepoint'))],
      subscription: target.subscription,
      location: target.location ?? 'westeurope',
      ...(target.site !== undefined && !target.newSite && { site: siteId(target, target.site) }),
      identity: { ...(target.userAssignedIdentity && { id: target.userAssignedIdentity }), ...ofIdentity },
      ...(vault &&
        certificate && {
          certificate: certificate.name,
          vault: {
            subscription: vault.subscription ?? target.subscription,
            resourceGroup: vault.resourceGroup ?? target.resourceGroup,
            name: vault.name,
            usesRoles: vault.access === 'rbac',
          },
        }),
      ...(clientId === undefined || !needsOf(spec).registration
        ? {}
        : { application: { clientId, displayName, ...ofApplication } }),
    };
  });
}

/** A short name stands for the id that is the same in every tenant. */
function apiId(api: string): string {
  return api === 'graph' || api === 'sharepoint' ? knownApis[api].appId : api;
}

function siteId({ subscription, resourceGroup }: Target, name: string): string {
  return resolvedId(
    { kind: 'resource', symbol: 'site', type: 'Microsoft.Web/sites', name },
    { parameters: [], subscription, resourceGroup },
  );
}

/** Ids of the subscriptions that they are in, with those of the workflows. */
export function subscriptionsOf(ground: readonly Ground[]): string[] {
  return [...new Set(ground.flatMap(({ subscription, vault }) => [subscription, ...(vault ? [vault.subscription] : [])]))];
}

/** The tenant of a spec, where it says it by its id. */
export function tenantOf(spec: Spec): string | undefined {
  const ids = [...spec.environments.values()].map(({ appRegistration }) => appRegistration.tenantId);
  return ids.find((id) => id !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));
}

interface Target {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location?: string;
  readonly userAssignedIdentity?: string;
  /** Name of an app. */
  readonly site?: string;
  /** What is made for it where it is new. */
  readonly newSite?: object;
}

/** Where it is deployed if no target is named. A flow is imported, and only its vault is in a subscription. */
function targetOf(spec: Spec, environment: Environment): Target {
  const keys = Object.keys(environment.targets);
  if (keys.length === 1 && keys[0] === 'powerAutomate') {
    const { vault } = wanted(spec, environment);
    if (vault) return vault;
  }
  switch (chooseTarget(spec, environment, undefined)) {
    case 'consumption':
      return consumptionPlace(spec, environment);
    case 'standard':
      return standardPlace({ spec, environment });
    case 'app-service':
      return appServicePlace({ spec, environment });
  }
}
