import type { TokenCredential } from '@azure/core-auth';
import { ClientCertificateCredential, DefaultAzureCredential, DeviceCodeCredential } from '@azure/identity';
import { clouds } from '../cloud/clouds.ts';
import type { CloudProfile } from '../cloud/profile.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { askedOnce } from './asked-once.ts';
import type { ClientOptions } from './azure.ts';

/** Who signs in. */
export type SignIn =
  /** Whoever is signed in to this machine: environment variables, workload or managed identity, Azure CLI, Azure PowerShell, Azure Developer CLI. */
  | { readonly kind: 'default'; readonly tenantId?: string }
  /** A person, in a browser that may be on another machine. `show` gets the text with address and code. */
  | { readonly kind: 'device-code'; readonly tenantId?: string; readonly show: (text: string) => void }
  /** An app registration, with its certificate: PEM of private key and certificate, as text or as the path of a file. */
  | {
      readonly kind: 'certificate';
      readonly tenantId: string;
      readonly clientId: string;
      readonly certificate: { readonly pem: string } | { readonly path: string };
    };

/**
 * The variables of the environment name an app registration with its tenant, and would sign in there whatever else was asked for. Throws
 * a UsageError where that is another tenant.
 */
export function checkTenant(signIn: SignIn, { AZURE_TENANT_ID: variable }: Readonly<Record<string, string | undefined>>) {
  const { kind, tenantId } = signIn;
  if (kind !== 'default' || tenantId === undefined || !variable || variable.toLowerCase() === tenantId.toLowerCase()) return;
  throw new UsageError(
    `The tenant to sign in to is ${tenantId}, and the variable AZURE_TENANT_ID says ${variable}: make them the same, or leave one of them out.`,
  );
}

/** The credential of a sign-in. Nothing is asked before the first token is needed. Throws what `checkTenant` throws. */
export function credentialOf(signIn: SignIn, profile: CloudProfile, options: ClientOptions): TokenCredential {
  checkTenant(signIn, process.env);
  const { tenantId } = signIn;
  const common = {
    ...options,
    authorityHost: profile.authority,
    // Microsoft's list of sign-in hosts is asked at a Microsoft host: pointless for a cloud that is not Microsoft's.
    disableInstanceDiscovery: !Object.values(clouds).some(({ authority }) => authority === profile.authority),
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  switch (signIn.kind) {
    case 'default':
      return new DefaultAzureCredential(common);
    case 'device-code':
      return askedOnce(new DeviceCodeCredential({ ...common, userPromptCallback: ({ message }) => signIn.show(message) }));
    case 'certificate': {
      const { clientId, certificate } = signIn;
      return 'pem' in certificate
        ? new ClientCertificateCredential(signIn.tenantId, clientId, { certificate: certificate.pem }, common)
        : new ClientCertificateCredential(signIn.tenantId, clientId, { certificatePath: certificate.path }, common);
    }
  }
}
