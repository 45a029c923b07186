import { timingSafeEqual } from 'node:crypto';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { tokenLifetime } from '../entra/tokens.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { ActionError } from './action-error.ts';
import { signature } from './history.ts';
import { tokenByManagedIdentity } from './sign-in.ts';

/** What an app is told of where it gets the tokens of its identities: variables of its environment. */
export interface IdentityVariables {
  readonly IDENTITY_ENDPOINT: string;
  readonly IDENTITY_HEADER: string;
}

/** The variables of an app. Source: docs/facts/managed-identity.md#code-in-an-app. */
export function identityVariables({ addresses }: Pick<World, 'addresses'>, site: ArmResource): IdentityVariables {
  const key = Buffer.from(site.id.toLowerCase()).toString('base64url');
  return { IDENTITY_ENDPOINT: `${addresses.logic}/identities/${key}/token`, IDENTITY_HEADER: secretOf(site) };
}

/** Tokens for code in an app. Source: the same. */
export function identityRoutes(world: World): Routes {
  return { 'GET /identities/{site}/token': (call) => token(world, call) };
}

function secretOf(site: ArmResource): string {
  return signature(site, '/identities');
}

async function token(world: World, { params, headers, url }: Call): Promise<Answer> {
  const site = world.state.resources.get(Buffer.from(params.site ?? '', 'base64url').toString());
  if (!site || !isSame(headers['x-identity-header'] ?? '', secretOf(site)))
    return refused(401, 'The header X-IDENTITY-HEADER is not the one that the app was given.');
  const resource = url.searchParams.get('resource');
  if (resource === null || url.searchParams.get('api-version') === null)
    return refused(400, 'The parameters resource and api-version are needed.');
  try {
    const accessToken = await tokenByManagedIdentity(world, site, resource, identityIn(site, url.searchParams));
    const expires = Math.floor(world.now().getTime() / 1000) + tokenLifetime;
    return ok({ access_token: accessToken, expires_on: String(expires), resource, token_type: 'Bearer' });
  } catch (error) {
    if (error instanceof ActionError) return refused(400, error.message);
    throw error;
  }
}

function refused(statusCode: number, message: string): Answer {
  return { status: statusCode, body: { statusCode, message } };
}

/** Resource id of the user-assigned identity that is asked for; undefined for the system-assigned one. */
function identityIn({ identity }: ArmResource, query: URLSearchParams): string | undefined {
  const id = query.get('mi_res_id');
  if (id !== null) return id;
  const [key, value] = [...query].find(([name]) => name === 'client_id' || name === 'principal_id') ?? [];
  if (key === undefined) return undefined;
  const property = key === 'client_id' ? 'clientId' : 'principalId';
  const users = member(identity, 'userAssignedIdentities');
  const found = Object.entries(isObject(users) ? users : {}).find(([, one]) => member(one, property) === value);
  return found?.[0] ?? String(value);
}

function isSame(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}
