import { member } from '../../../json/member.ts';
import { refuse } from '../../http/answer.ts';
import { type ArmResource, now } from '../../state.ts';
import { common, type Provider } from '../provider.ts';

const type = 'Microsoft.Web/connections';

/** API connections. Shape: docs/facts/key-vault.md#consumption. */
export const connections: Provider = {
  type,
  write: (_, request) => {
    const resource = common(request, type);
    const apiId = member(resource.properties, 'api', 'id');
    if (typeof apiId !== 'string') refuse(400, 'ApiConnectionMissingApi', "The connection has no 'properties.api.id'.");
    const time = now();
    return {
      ...resource,
      kind: resource.kind ?? 'V1',
      properties: {
        ...resource.properties,
        createdTime: request.before?.properties.createdTime ?? time,
        changedTime: time,
      },
    };
  },
  view: ({ addresses }, resource) => {
    // What a connection was given beside its parameters it does not show again.
    const { api, parameterValueType, alternativeParameterValues, customParameterValues, ...shown } = resource.properties;
    const id = String(member(api, 'id'));
    const isReady = signsInByItself(resource) || member(shown.authenticatedUser, 'name') !== undefined;
    return {
      ...resource,
      properties: {
        ...shown,
        authenticatedUser: shown.authenticatedUser ?? {},
        ...(vaultOf(resource) !== undefined && { nonSecretParameterValues: { vaultName: vaultOf(resource) } }),
        api: { name: id.split('/').at(-1), displayName: id.split('/').at(-1), id, type: 'Microsoft.Web/locations/managedApis' },
        // Where apps (Standard) ask a connection of kind V2.
        ...(resource.kind === 'V2' && { connectionRuntimeUrl: `${addresses.logic}/connections/${resource.name}` }),
        overallStatus: isReady ? 'Ready' : 'Error',
        statuses: isReady
          ? [{ status: 'Ready' }]
          : [
              {
                status: 'Error',
                target: 'token',
                error: { code: 'Unauthenticated', message: 'This connection is not authenticated.' },
              },
            ],
      },
    };
  },
};

/** Whether it needs no person to sign in: the workflow's managed identity does, in either of the two shapes. */
export function signsInByItself({ properties }: ArmResource): boolean {
  return (
    /^alternative$/i.test(String(properties.parameterValueType)) ||
    /MI$/i.test(String(member(properties, 'parameterValueSet', 'name')))
  );
}

/** The vault that a Key Vault connection reads. */
export function vaultOf({ properties }: ArmResource): string | undefined {
  const name =
    member(properties, 'alternativeParameterValues', 'vaultName') ??
    member(properties, 'parameterValueSet', 'values', 'vaultName', 'value');
  return typeof name === 'string' ? name : undefined;
}
