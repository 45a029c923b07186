import { ClientCertificateCredential } from '@azure/identity';
import { onTestFinished } from 'vitest';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import { type Emulator, type EmulatorOptions, type Recorded, startEmulator } from '../../src/emulator/index.ts';

/** An emulator, with every request that it has answered. */
export type Remembering = Emulator & { readonly requests: () => readonly Recorded[] };

/** An emulator for a test, which closes it. */
export async function startRemembering(options: EmulatorOptions = {}): Promise<Remembering> {
  const recorded: Recorded[] = [];
  const started = await startEmulator({
    delays: { poll: 1, retry: 1 },
    onRequest: (one) => recorded.push(one),
    ...options,
  });
  return { ...started, requests: () => [...recorded] };
}

/** The same, which ends with the test. */
export async function emulator(options: EmulatorOptions = {}): Promise<Remembering> {
  const started = await startRemembering(options);
  onTestFinished(() => started.close());
  return started;
}

export type SignIn = NonNullable<CloudProfile['signIn']>;

/** Signs in as Microsoft's own client does. */
export function credential({ authority, certificateAuthority, signIn }: CloudProfile, other: Partial<SignIn> = {}) {
  const { tenantId, clientId, certificatePath } = { ...(signIn as SignIn), ...other };
  return new ClientCertificateCredential(
    tenantId,
    clientId,
    { certificatePath },
    {
      authorityHost: authority,
      disableInstanceDiscovery: true,
      tlsOptions: { ca: certificateAuthority ?? '' },
      retryOptions: { maxRetries: 0 },
    },
  );
}

/** How every client is told where its service is. */
export function clientOptions({ resourceManager, certificateAuthority }: CloudProfile) {
  const scope = `${resourceManager.audience}/.default`;
  return {
    endpoint: resourceManager.endpoint,
    tlsOptions: { ca: certificateAuthority ?? '' },
    credentialScopes: scope,
    credentials: { scopes: [scope] },
    retryOptions: { maxRetries: 0 },
    updateIntervalInMs: 1,
  };
}
