import { knownService } from '../../cloud/clouds.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { ActionError } from './scope.ts';
import { certificateIn, tokenByCertificate, tokenByManagedIdentity } from './sign-in.ts';

/**
 * The HTTP action. It signs in for real; the API that it calls is not: nothing leaves the machine, and the answer tells what was asked
 * for and with which token. Gives the action's outputs. Throws an ActionError.
 */
export async function http(world: World, workflow: ArmResource, inputs: unknown): Promise<unknown> {
  const url = URL.parse(String(member(inputs, 'uri')));
  const method = String(member(inputs, 'method') ?? '').toUpperCase();
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new ActionError('BadRequest', `The 'uri' of the HTTP action, '${member(inputs, 'uri')}', is no absolute address.`);
  if (!/^[A-Z]+$/.test(method)) throw new ActionError('BadRequest', "The HTTP action has no 'method'.");
  const queries = member(inputs, 'queries');
  for (const [name, value] of Object.entries(isObject(queries) ? queries : {})) url.searchParams.set(name, String(value));
  const signedIn = await signIn(world, workflow, member(inputs, 'authentication'));
  const { token, audience, thumbprint } = signedIn;
  const refused = token === undefined ? undefined : refusal(url, audience);
  if (refused)
    throw new ActionError('Unauthorized', 'Http request failed: the status code of the response was 401.', {
      statusCode: 401,
      headers,
      body: refused,
    });
  const caller =
    token === undefined ? undefined : await world.tokens.verify(`Bearer ${token}`, [String(audience).replace(/\/$/, '')]);
  return {
    statusCode: 200,
    headers,
    body: {
      emulated: true,
      method,
      url: url.href,
      ...(isObject(caller) && { audience, appId: caller.appId, roles: caller.roles }),
      ...(thumbprint !== undefined && { clientCertificate: thumbprint }),
    },
  };
}

const headers = { 'Content-Type': 'application/json; charset=utf-8' };

interface SignedIn {
  readonly token?: string;
  readonly audience?: unknown;
  readonly thumbprint?: string;
}

async function signIn(world: World, workflow: ArmResource, authentication: unknown): Promise<SignedIn> {
  if (!isObject(authentication)) return {};
  const { audience, identity } = authentication;
  switch (String(authentication.type).toLowerCase()) {
    case 'activedirectoryoauth':
      return { token: await tokenByCertificate(world, authentication), audience };
    case 'managedserviceidentity':
      return {
        token: await tokenByManagedIdentity(
          world,
          workflow,
          String(audience),
          typeof identity === 'string' ? identity : undefined,
        ),
        audience,
      };
    case 'clientcertificate':
      return { thumbprint: certificateIn(authentication).certificate.fingerprint.replaceAll(':', '') };
    case 'none':
      return {};
    default:
      throw new ActionError(
        'ActionNotSupportedByEmulator',
        `The emulator does not sign in with authentication of the type '${authentication.type}'.`,
      );
  }
}

/** SharePoint and Graph take tokens for themselves only. */
function refusal(url: URL, audience: unknown): unknown {
  if (knownService(url.hostname) === undefined || URL.parse(String(audience))?.hostname === url.hostname) return undefined;
  return {
    error: {
      code: 'InvalidAuthenticationToken',
      message: `Access token validation failure. Invalid audience: the token is for '${audience}', not for ${url.hostname}.`,
    },
  };
}
