import { type Answer, ok } from '../http/answer.ts';
import type { Call } from '../http/router.ts';
import type { Service } from '../http/service.ts';
import type { World } from '../world.ts';
import { verifyAssertion } from './assertion.ts';
import { nobody } from './caller.ts';
import { applicationByAppId, principalByAppId, principalForAudience, rolesOf, same } from './directory.ts';
import { EntraError } from './entra-error.ts';
import { tokenLifetime } from './tokens.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Entra ID's sign-in: the metadata of the tenant, its keys, and the token endpoint for client credentials with a certificate. */
export function entraService(world: World): Service {
  return {
    name: 'entra',
    identify: async () => nobody,
    routes: {
      'GET /{tenant}/v2.0/.well-known/openid-configuration': (call) => metadata(world, tenantOf(world, call)),
      'GET /{tenant}/.well-known/openid-configuration': (call) => metadata(world, tenantOf(world, call)),
      'GET /{tenant}/discovery/v2.0/keys': async () => ok(await world.tokens.jwks()),
      'POST /{tenant}/oauth2/v2.0/token': async (call) => token(world, call),
    },
  };
}

function tenantOf({ tenantId, domains }: World, { params }: Call): string {
  const { tenant = '' } = params;
  if ([tenantId, ...domains].some((one) => same(tenant, one))) return tenantId;
  if (['common', 'organizations', 'consumers'].includes(tenant.toLowerCase()))
    throw new EntraError(
      400,
      'invalid_request',
      50059,
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    );
  throw new EntraError(
    400,
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}

function metadata({ addresses, tokens, now }: World, tenantId: string): Answer {
  const base = `${addresses.entra}/${tenantId}`;
  const body = {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: tokens.issuer(tenantId),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    tenant_region_scope: 'EU',
  };
  return { status: 200, headers: { date: now().toUTCString() }, body };
}

async function token(world: World, call: Call): Promise<Answer> {
  const { state, addresses, tokens, domain, domains } = world;
  const tenantId = tenantOf(world, call);
  const form = new URLSearchParams(call.text);
  const clientId = required(form, 'client_id');
  const grant = required(form, 'grant_type');
  if (grant !== 'client_credentials')
    throw new EntraError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
  const application = applicationByAppId(state, clientId);
  const principal = principalByAppId(state, clientId);
  if (application === undefined)
    throw new EntraError(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${domain}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    );
  if (form.has('client_secret'))
    throw new EntraError(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    );
  const assertion = form.get('client_assertion');
  if (assertion === null || form.get('client_assertion_type') !== assertionType)
    throw new EntraError(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  const base = `${addresses.entra}/${tenantId}`;
  await verifyAssertion(assertion, {
    clientId: application.appId,
    credentials: application.keyCredentials,
    audiences: [`${base}/v2.0`, ...[tenantId, ...domains].map((one) => `${addresses.entra}/${one}/oauth2/v2.0/token`)],
    now: world.now(),
  });
  if (principal === undefined)
    throw new EntraError(
      401,
      'invalid_client',
      7000229,
      `The client application '${clientId}' is missing service principal in the tenant '${tenantId}'.`,
    );
  if (!principal.accountEnabled)
    throw new EntraError(
      401,
      'unauthorized_client',
      7000112,
      `Application '${clientId}'(${application.displayName}) is disabled.`,
    );
  const audience = audienceOf(required(form, 'scope'));
  const resource = principalForAudience(state, audience);
  if (resource === undefined)
    throw new EntraError(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${audience} was not found in the tenant named ${domain}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    );
  const subject = { objectId: principal.id, appId: application.appId, tenantId, roles: rolesOf(state, principal.id, resource) };
  return ok({
    token_type: 'Bearer',
    expires_in: tokenLifetime,
    ext_expires_in: tokenLifetime,
    access_token: await tokens.sign(subject, audience),
  });
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '')
    throw new EntraError(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
  return value;
}

/** What stands before `/.default`. */
function audienceOf(scope: string): string {
  const audience = /^(\S+)\/\.default$/.exec(scope)?.[1];
  if (audience === undefined)
    throw new EntraError(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  return audience;
}
