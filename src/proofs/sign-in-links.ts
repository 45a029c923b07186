import type { SignInAim } from './aim.ts';
import { certificateLinks } from './links/certificate.ts';
import { applicationAsHolder, permissionLinks } from './links/permissions.ts';
import { registrationLinks } from './links/registration.ts';
import { siteLinks } from './links/sites.ts';
import { tenantLink } from './links/tenant.ts';
import { vaultLinks } from './links/vault.ts';
import type { Link } from './proof.ts';
import type { Sight } from './sight.ts';

/** All that a sign-in with the certificate of a vault hangs on, wherever it runs. */
export function signInLinks(sight: Sight, aim: SignInAim): Link[] {
  const stored = [...vaultLinks(sight, aim), ...certificateLinks(sight, aim)];
  // Mutual TLS knows no tenant and no registration.
  if (aim.requests.length === 0) return stored;
  const app = applicationAsHolder(sight, aim);
  const registered = [...registrationLinks(sight, aim), ...permissionLinks(sight, aim, app), ...siteLinks(sight, aim, app)];
  return [tenantLink(sight, aim.tenant), ...stored, ...registered];
}
