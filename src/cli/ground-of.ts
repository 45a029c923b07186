import { chooseTarget } from '../deploy/target-name.ts';
import type { Ground } from '../emulator/index.ts';
import { appServiceTarget } from '../formats/app-service/target.ts';
import { consumptionTarget } from '../formats/consumption-target.ts';
import { standardTarget } from '../formats/standard-project/target.ts';
import type { Environment, Spec } from '../spec/spec.ts';

/** What the environments of a spec expect to find in Azure before they are deployed. Throws a SpecError where one says not where. */
export function groundOf(spec: Spec): Ground[] {
  return [...spec.environments.values()].map((environment) => {
    const { vault, certificate, appRegistration, addresses } = environment;
    const target = targetOf(spec, environment);
    const { clientId, displayName = spec.name, permissions = [] } = appRegistration;
    const audiences = new Set(addresses.flatMap(({ audience }) => audience ?? []));
    const roles = permissions.flatMap((permission) => permission.roles ?? []);
    return {
      location: target.location ?? 'westeurope',
      ...(target.site !== undefined && !target.newSite && { site: { ...target, name: target.site } }),
      certificate: certificate.name,
      vault: {
        subscription: vault.subscription ?? target.subscription,
        resourceGroup: vault.resourceGroup ?? target.resourceGroup,
        name: vault.name,
        usesRoles: vault.access === 'rbac',
      },
      ...(clientId === undefined
        ? {}
        : { application: { clientId, displayName, apis: [...audiences].map((audience) => ({ audience, roles })) } }),
    };
  });
}

interface Target {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location?: string;
  /** Name of an app. */
  readonly site?: string;
  /** What is made for it where it is new. */
  readonly newSite?: object;
}

/** Where it is deployed if no target is named. */
function targetOf(spec: Spec, environment: Environment): Target {
  switch (chooseTarget(spec, environment, undefined)) {
    case 'consumption':
      return consumptionTarget(spec, environment);
    case 'standard':
      return standardTarget({ spec, environment });
    case 'app-service':
      return appServiceTarget({ spec, environment });
  }
}
