import { certflow, commandOf } from '../../next/command-line.ts';
import type { IdentityAim } from '../aim.ts';
import { type Cure, type Link, ok, unknown, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';
import { type Holder, permissionLinks } from './permissions.ts';
import { siteLinks } from './sites.ts';

export interface IdentityLinksOptions {
  /** What has the identity: what it is called by people. */
  readonly of: string;
  readonly needs?: Link['needs'];
  /** Object id of the identity; undefined while there is none. */
  readonly principalId: () => Promise<string | undefined>;
  /** What gives it one. */
  readonly cure: Cure;
}

/** All that a sign-in with a managed identity hangs on: that it is there, its permissions, and its rights on sites. */
export function identityLinks(sight: Sight, aim: IdentityAim, { of, needs, principalId, cure }: IdentityLinksOptions): Link[] {
  const principal = async () => {
    const id = await principalId();
    return id === undefined ? undefined : sight.principalById(id);
  };
  const holder: Holder = {
    words: 'the identity',
    tenant: undefined,
    principal,
    key: 'managedIdentity',
    links: { principal: 'identity', permissions: 'identity permissions', site: 'identity site' },
    setUp: (...options) => certflow(aim.line, 'setup', ...options, '--only', 'identity'),
  };
  return [
    {
      link: 'identity',
      known: `Resource Manager shows the identity of ${of}, Microsoft Graph its service principal`,
      ...(needs && { needs }),
      look: async () => {
        const id = await principalId();
        if (id === undefined) return wrong(`${of} has no identity that could sign in`, cure.cure, cure.command);
        const found = await principal();
        if (!found)
          return unknown(
            `Microsoft Graph does not know the identity ${id}, as in the first minutes after it is made`,
            'Look again in some minutes.',
          );
        if (!found.isEnabled)
          return wrong(
            `${found.displayName} may not sign in: its service principal is disabled`,
            'Switch its sign-in on (Entra admin center, Enterprise applications, the identity, Properties).',
            commandOf('az', 'ad', 'sp', 'update', '--id', id, '--set', 'accountEnabled=true'),
          );
        return ok(`${found.displayName}, object id ${id}, client id ${found.appId}`);
      },
    },
    ...permissionLinks(sight, aim, holder),
    ...siteLinks(sight, aim, holder),
  ];
}
