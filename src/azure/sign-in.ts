import type { TokenCredential } from '@azure/core-auth';
import { ClientCertificateCredential, DefaultAzureCredential, DeviceCodeCredential } from '@azure/identity';
import { clouds } from '../cloud/clouds.ts';
import type { CloudProfile } from '../cloud/profile.ts';
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

/** The credential of a sign-in. Nothing is asked before the first token is needed. */
export function credentialOf(signIn: SignIn, profile: CloudProfile, options: ClientOptions): TokenCredential {
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
      return new DeviceCodeCredential({ ...common, userPromptCallback: ({ message }) => signIn.show(message) });
    case 'certificate': {
      const { clientId, certificate } = signIn;
      return 'pem' in certificate
        ? new ClientCertificateCredential(signIn.tenantId, clientId, { certificate: certificate.pem }, common)
        : new ClientCertificateCredential(signIn.tenantId, clientId, { certificatePath: certificate.path }, common);
    }
  }
}
