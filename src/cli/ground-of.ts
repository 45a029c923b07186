import type { Ground } from '../emulator/index.ts';
import { consumptionTarget } from '../formats/consumption-target.ts';
import type { Spec } from '../spec/spec.ts';

/** What the environments of a spec expect to find in Azure before they are deployed. Throws a SpecError where one says not where. */
export function groundOf(spec: Spec): Ground[] {
  return [...spec.environments.values()].map((environment) => {
    const { vault, certificate, appRegistration, addresses } = environment;
    const target = consumptionTarget(spec, environment);
    const { clientId, displayName = spec.name, permissions = [] } = appRegistration;
    const audiences = new Set(addresses.flatMap(({ audience }) => audience ?? []));
    const roles = permissions.flatMap((permission) => permission.roles ?? []);
    return {
      location: target.location,
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
