import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { ActionError } from './action-error.ts';
import { answerOfApi } from './api.ts';
import { certificateIn, tokenByCertificate, tokenByManagedIdentity } from './sign-in.ts';

/**
 * The HTTP action. It signs in for real; what the API answers says `answerOfApi`. Gives the action's outputs. Throws an ActionError.
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
  const { token, thumbprint } = signedIn;
  const audience = String(signedIn.audience);
  const caller = token === undefined ? undefined : await world.tokens.verify(`Bearer ${token}`, [audience.replace(/\/$/, '')]);
  const { status, body } = answerOfApi(world, {
    method,
    url,
    ...(typeof caller === 'object' && { token: { audience, ...caller } }),
  });
  if (status >= 400)
    throw new ActionError(codes[status] ?? 'BadRequest', `Http request failed: the status code of the response was ${status}.`, {
      statusCode: status,
      headers,
      body,
    });
  return {
    statusCode: status,
    headers,
    body: { ...body, ...(thumbprint !== undefined && { clientCertificate: thumbprint }) },
  };
}

const codes: Readonly<Record<number, string>> = { 401: 'Unauthorized', 403: 'Forbidden' };

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
          // Without one it is Resource Manager.
          typeof audience === 'string' ? audience : 'https://management.azure.com/',
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
