import { clouds } from '../../cloud/clouds.ts';
import type { Needs } from '../../spec/needs.ts';
import type { CertificateEnvironment, Environment } from '../../spec/spec.ts';
import type { AppSettings } from '../app-settings.ts';
import type { IdentityPlace } from '../identity.ts';
import { parameter } from '../value.ts';

/** The setting that says as which managed identity the app signs in: a resource id, or `systemAssigned`. Absent on a developer's machine. */
const identitySetting = 'ManagedIdentity';

/** The settings of a web app that signs in as the requests of a spec do. */
export function appSettings({ registration, identity }: Needs, environment: Environment, place: IdentityPlace): AppSettings {
  return {
    ...(registration && certificateSettings(environment)),
    ...(identity && {
      [identitySetting]: place.userAssignedIdentity === undefined ? 'systemAssigned' : parameter('userAssignedIdentity'),
    }),
  };
}

/**
 * Those for signing in with the certificate. Every class of .NET that loads a PFX on Windows works with a loaded user profile.
 * Source: docs/facts/app-service.md#code.
 */
function certificateSettings({ cloud }: Environment): AppSettings {
  return {
    TenantId: parameter('tenantId'),
    ClientId: parameter('clientId'),
    Certificate: parameter('certificateReference'),
    WEBSITE_LOAD_USER_PROFILE: '1',
    // The name that all Azure SDKs know; the public cloud is what they take without it.
    ...(cloud === 'public' ? {} : { AZURE_AUTHORITY_HOST: clouds[cloud].authority }),
  };
}

/**
 * What App Service replaces by the PFX in base64. Only the address of a secret resolves: a certificate is read through the secret of its name.
 * Source: docs/facts/app-service.md#references-to-a-vault.
 */
export function certificateReference({ vault, certificate: { name, version } }: CertificateEnvironment): string {
  return `@Microsoft.KeyVault(SecretUri=${secretAddress(vault.url, name, version)})`;
}

/** The identifier of a certificate that was pasted where App Service resolves that of a secret only; undefined where none was. */
export function pastedCertificate({ certificate }: Environment): string | undefined {
  const identifier = certificate?.identifier;
  return identifier !== undefined && /\/certificates\//i.test(identifier) ? identifier : undefined;
}

function secretAddress(vault: string, name: string, version: string | undefined): string {
  return [vault, 'secrets', name, ...(version === undefined ? [] : [version])].join('/');
}
