import { knownService } from '../../cloud/clouds.ts';
import type { Value } from '../../spec/spec.ts';
import type { Wanted } from '../wanted.ts';

export interface ManagedIdentityAdvice {
  readonly request: string;
  readonly does: boolean;
  readonly because: string;
}

/**
 * For each request, whether a managed identity would do without any certificate. Source:
 * docs/facts/sign-in.md#managed-identities.
 */
export function managedIdentityAdvice({ spec, environment }: Wanted): ManagedIdentityAdvice[] {
  const { consumption, standard, appService, powerAutomate } = environment.targets;
  const hasIdentity = Boolean(consumption ?? standard ?? appService);
  return spec.requests.flatMap(({ name, signIn }, index) => {
    // It does already.
    if (signIn === 'managedIdentity') return [];
    const service = serviceOf(environment.addresses[index]?.url);
    if (signIn === 'clientCertificate')
      return { request: name, does: false, because: 'the server asks for the certificate itself (mutual TLS)' };
    if (!hasIdentity && powerAutomate)
      return { request: name, does: false, because: 'the HTTP action of Power Automate signs in with no managed identity' };
    const api = service === 'graph' ? 'Microsoft Graph' : service === 'sharepoint' ? 'SharePoint' : 'the API';
    return {
      request: name,
      does: true,
      because: `within its own tenant a managed identity gets the same application permissions on ${api}, by an app role assignment to it; there is nothing to keep secret and nothing that ends${
        powerAutomate ? '. In Power Automate it cannot' : ''
      }`,
    };
  });
}

/** What an address leads to, where its host is written out. */
function serviceOf(address: Value | undefined): 'graph' | 'sharepoint' | undefined {
  const text = typeof address === 'object' && 'template' in address ? address.template : address;
  return typeof text === 'string' && URL.canParse(text) ? knownService(new URL(text).hostname)?.service : undefined;
}
