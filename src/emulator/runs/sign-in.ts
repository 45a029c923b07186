import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { type KeyAndCertificate, readPfx, thumbprintsOf } from '../../certificate/index.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { principalByAppId, principalForAudience, rolesOf } from '../entra/directory.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { ActionError } from './action-error.ts';
import { parsed, sendPatiently } from './send-patiently.ts';

/** A token for the app registration whose certificate an HTTP action holds, from the token endpoint. Throws an ActionError. */
export async function tokenByCertificate(world: World, authentication: Readonly<Record<string, unknown>>): Promise<string> {
  const text = (name: string) => String(authentication[name] ?? '');
  const endpoint = `${world.addresses.entra}/${text('tenant')}/oauth2/v2.0/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: text('clientId'),
    scope: `${text('audience')}/.default`,
    ...(authentication.pfx === undefined
      ? { client_secret: text('secret') }
      : {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertion(certificateIn(authentication), text('clientId'), endpoint),
        }),
  });
  const outcome = await sendPatiently(world, 'entra', {
    method: 'POST',
    url: new URL(endpoint),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    text: form.toString(),
  });
  const answer = typeof outcome === 'object' ? parsed(outcome.text) : undefined;
  const token = member(answer, 'access_token');
  if (typeof token === 'string') return token;
  const reason = member(answer, 'error_description') ?? 'the token endpoint did not answer';
  throw new ActionError('Unauthorized', `Http request failed as there is an error getting AD OAuth token: '${reason}'.`);
}

/** The key and certificate in the `pfx` of an authentication. Throws an ActionError. */
export function certificateIn({ pfx, password }: Readonly<Record<string, unknown>>): KeyAndCertificate {
  try {
    return readPfx(Buffer.from(String(pfx), 'base64'), { password: String(password ?? '') });
  } catch {
    throw new ActionError(
      'BadRequest',
      'Could not load the certificate private key. Please check the authentication certificate password is correct and try again.',
    );
  }
}

async function assertion({ privateKey, certificate }: KeyAndCertificate, clientId: string, endpoint: string): Promise<string> {
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5t: thumbprintsOf(certificate.raw).sha1.base64url })
    .setAudience(endpoint)
    .setIssuer(clientId)
    .setSubject(clientId)
    .setNotBefore('0s')
    .setExpirationTime('10m')
    .sign(privateKey);
}

/** Ids of resources are the same in any case; the word is an older way to say the identity of its own. */
function principalIdOf({ identity }: ArmResource, identityId: string | undefined): unknown {
  if (identityId === undefined || /^SystemAssigned$/i.test(identityId)) return member(identity, 'principalId');
  const users = member(identity, 'userAssignedIdentities');
  const found = Object.entries(isObject(users) ? users : {}).find(([id]) => id.toLowerCase() === identityId.toLowerCase());
  return member(found?.[1], 'principalId');
}

/** A token for a managed identity of a resource: the system-assigned one, or the one whose id is given. Throws an ActionError. */
export async function tokenByManagedIdentity(
  world: World,
  resource: ArmResource,
  audience: string,
  identityId?: string,
): Promise<string> {
  const { state, tokens, tenantId } = world;
  const principalId = principalIdOf(resource, identityId);
  const principal = typeof principalId === 'string' ? state.servicePrincipals.get(principalId) : undefined;
  const target = principalForAudience(state, audience);
  if (principal === undefined)
    throw new ActionError(
      'InvalidManagedIdentity',
      // The sentence of the service: docs/facts/managed-identity.md#what-the-workflow-says.
      `The workflow '${resource.name}' does not have managed identity${identityId === undefined ? '' : ` '${identityId}'`} enabled. If the managed identity of the workflow is updated recently, please wait for 2 minutes and try again.`,
    );
  if (target === undefined)
    throw new ActionError('BadRequest', `AADSTS500011: The resource principal named ${audience} was not found in the tenant.`);
  const known = principalByAppId(state, principal.appId) ?? principal;
  return tokens.sign(
    { objectId: known.id, appId: known.appId, tenantId, roles: rolesOf(state, known.id, target), managedIdentityOf: resource.id },
    audience,
  );
}
