import { member } from '../../json/member.ts';
import { signsInByItself, vaultOf } from '../arm/providers/connections.ts';
import type { ArmResource } from '../state.ts';
import { audiences, type World } from '../world.ts';
import { ActionError } from './action-error.ts';
import { parsed, sendPatiently } from './send-patiently.ts';
import { tokenByManagedIdentity } from './sign-in.ts';

/**
 * The Key Vault connector's "Get secret": finds the connection that the action names, signs in as the workflow's identity, and asks
 * the vault. Gives the action's outputs. Throws an ActionError. Shapes: docs/facts/key-vault.md.
 */
export async function getSecret(world: World, workflow: ArmResource, inputs: unknown): Promise<unknown> {
  const connectionId = String(member(inputs, 'host', 'connection', 'name'));
  const connection = world.state.resources.get(connectionId.toLowerCase());
  if (connection === undefined)
    throw new ActionError('ApiConnectionNotFound', `The API connection '${connectionId}' of the action was not found.`);
  const path = /^\/secrets\/([^/]+)(?:\/versions\/([^/]+))?\/value$/i.exec(String(member(inputs, 'path')));
  if (path === null || String(member(inputs, 'method')).toLowerCase() !== 'get')
    throw new ActionError(
      'ActionNotSupportedByEmulator',
      "The emulator has the operation 'Get secret' of the Key Vault connector only.",
    );
  const vault = vaultOf(connection);
  if (!signsInByItself(connection) || vault === undefined)
    throw new ActionError('Unauthorized', `The API connection '${connection.name}' is not authenticated: its status is Error.`);
  const authentication = authenticationOf(workflow, connectionId);
  if (!/^ManagedServiceIdentity$/i.test(String(member(authentication, 'type'))))
    throw new ActionError(
      'Unauthorized',
      "The workflow does not say that the connection signs in with its managed identity ('connectionProperties.authentication').",
    );
  const identity = member(authentication, 'identity');
  const token = await tokenByManagedIdentity(
    world,
    workflow,
    audiences.vault[0],
    typeof identity === 'string' ? identity : undefined,
  );
  const [, name, version] = path;
  const url = new URL(`${world.addresses.vault}/vaults/${vault}/secrets/${name}${version ? `/${version}` : ''}?api-version=7.5`);
  const outcome = await sendPatiently(world, 'vault', {
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${token}` },
    text: '',
  });
  if (typeof outcome !== 'object') throw new ActionError('BadGateway', 'The vault did not answer.');
  const answer = parsed(outcome.text);
  if (outcome.status === 200)
    return { statusCode: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: secretBody(answer) };
  const message = String(member(answer, 'error', 'message'));
  const body = {
    status: outcome.status,
    message: `${message}\r\nclientRequestId: ${url.pathname}`,
    error: { message },
    source: `keyvault-${workflow.location}.azconn`,
  };
  throw new ActionError(codes[outcome.status] ?? 'BadRequest', message, { statusCode: outcome.status, headers: {}, body });
}

const codes: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};

/** How the workflow says that this connection signs in. */
function authenticationOf({ properties }: ArmResource, connectionId: string): unknown {
  const connections = Object.values((member(properties, 'parameters', '$connections', 'value') ?? {}) as object);
  const found = connections.find((one) => String(member(one, 'connectionId')).toLowerCase() === connectionId.toLowerCase());
  return member(found, 'connectionProperties', 'authentication');
}

function secretBody(answer: unknown) {
  const id = String(member(answer, 'id')).split('/');
  const time = (name: string) => {
    const seconds = member(answer, 'attributes', name);
    return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : null;
  };
  return {
    value: member(answer, 'value'),
    name: id.at(-2),
    version: id.at(-1),
    contentType: member(answer, 'contentType') ?? null,
    isEnabled: member(answer, 'attributes', 'enabled'),
    createdTime: time('created'),
    lastUpdatedTime: time('updated'),
    validityStartTime: time('nbf'),
    validityEndTime: time('exp'),
  };
}
