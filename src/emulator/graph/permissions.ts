import type { Caller } from '../entra/caller.ts';
import { ServiceError } from '../http/answer.ts';

/** Application permissions of which any one is enough. Source: the permissions section of each call's page in Microsoft's Graph reference. */
const enough = {
  readApplications: ['Application.Read.All', 'Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', 'Directory.Read.All'],
  writeApplications: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
  grantRoles: ['AppRoleAssignment.ReadWrite.All'],
  readSites: ['Sites.Read.All', 'Sites.ReadWrite.All', 'Sites.FullControl.All'],
  grantSites: ['Sites.FullControl.All'],
  readUsers: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
} as const;

/** Throws Graph's refusal unless the caller's token carries a permission that is enough. */
export function allow({ roles }: Caller, what: keyof typeof enough) {
  if (enough[what].some((role) => roles.includes(role))) return;
  throw what === 'readSites' || what === 'grantSites'
    ? new ServiceError(403, { code: 'accessDenied', message: 'Access denied' })
    : new ServiceError(403, {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      });
}
