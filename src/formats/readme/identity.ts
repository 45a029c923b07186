import { knownApis } from '../../cloud/apis.ts';
import template from '../../generated/templates/infrastructure/identity-rights.md.js';
import type { IdentityPlace } from '../../infrastructure/identity.ts';
import { needsOf } from '../../spec/needs.ts';
import { render } from '../../text/render.ts';
import type { WriteInput } from '../format.ts';
import { commandFor } from './deploy.ts';

/**
 * What a README.md says of the permissions of the managed identity that requests sign in with; empty where none does. `who`: `Logic App`,
 * `web app`. How long tokens are kept: docs/facts/managed-identity.md#tokens-are-kept.
 */
export function identityWords(
  { spec, environment }: Pick<WriteInput, 'spec' | 'environment'>,
  place: IdentityPlace,
  who: string,
): string {
  const needs = needsOf(spec);
  if (!needs.identity) return '';
  const text = render(template, {
    who,
    sharesRequests: needs.certificate,
    requests: spec.requests.filter(({ signIn }) => signIn === 'managedIdentity').map(({ name }) => name),
    isSystemAssigned: place.userAssignedIdentity === undefined,
    identity: place.userAssignedIdentity ?? '',
    setup: commandFor({ spec, environment }, 'setup'),
    guide: commandFor({ spec, environment }, 'guide'),
    permissions: environment.identityPermissions.map(({ api, roles, sites = [] }) => ({
      api: api === 'graph' || api === 'sharepoint' ? knownApis[api].name : api,
      roles: roles.join(', '),
      sites: sites.map(({ url, role }) => `${url} (${role})`).join(', '),
    })),
  });
  return text.trimEnd();
}
