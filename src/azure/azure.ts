import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { CloudProfile, ServiceAddress } from '../cloud/profile.ts';
import { bounding } from './bounding.ts';
import { keptTokens } from './kept-tokens.ts';
import type { Memory } from './memory.ts';
import { onlyTo } from './only-to.ts';
import { Origins } from './origins.ts';
import { pastProxy } from './past-proxy.ts';
import { renewing, retries, stopping, stoppingName, trusting, watching } from './policies.ts';
import { credentialOf, type SignIn } from './sign-in.ts';

/** What every client and credential of the SDKs is made with. */
export interface ClientOptions {
  readonly httpClient: HttpClient;
  readonly additionalPolicies: { policy: PipelinePolicy; position: 'perCall' | 'perRetry' }[];
  readonly retryOptions: { readonly maxRetries: number };
  readonly redirectOptions: { readonly maxRetries: number };
  readonly userAgentOptions: { readonly userAgentPrefix: string };
}

/** A cloud, and who is signed in to it. What asks Azure takes this as its first argument. */
export interface Azure {
  readonly profile: CloudProfile;
  /** Its tokens are kept for all clients. */
  readonly credential: TokenCredential;
  /** The same sign-in without any token that is kept; the one that it gets is kept. */
  readonly freshCredential: () => TokenCredential;
  /** Where requests may go. */
  readonly origins: Origins;
  readonly clientOptions: ClientOptions;
  /** What was read already; absent where everything is asked for anew. */
  readonly memory?: Memory;
  /** Milliseconds between two looks at something that takes time. */
  readonly pollDelay: number;
  /** Ends every request and every wait when the user stops the command. */
  readonly signal?: AbortSignal;
}

export interface ConnectOptions {
  /** Who signs in; by default whom the profile names, else whoever is signed in to this machine. */
  readonly signIn?: SignIn;
  /** What Azure's logs call the sender, such as `certflow/1.0.0`. */
  readonly application: string;
  readonly signal?: AbortSignal;
  /** Told of pauses, in sentences. */
  readonly notice?: (text: string) => void;
}

/** Makes ready what asks Azure. Sends nothing yet. */
export function connect(profile: CloudProfile, options: ConnectOptions): Azure {
  const { application, signal, notice = () => {} } = options;
  const origins = new Origins(profile);
  const policyOptions = { signal, notice, retryDelay: profile.delays?.retry ?? 1000, origins };
  const clientOptions: ClientOptions = {
    httpClient: pastProxy(),
    additionalPolicies: [
      { policy: stopping(policyOptions), position: 'perCall' },
      { policy: retries(policyOptions), position: 'perCall' },
      ...(profile.certificateAuthority === undefined
        ? []
        : [{ policy: trusting(profile.certificateAuthority), position: 'perRetry' as const }]),
      { policy: watching(), position: 'perRetry' },
      { policy: bounding(profile.delays?.answer ?? 100_000), position: 'perRetry' },
    ],
    // Ours are the only ones: those of the SDKs know no limit to what Retry-After may say.
    retryOptions: { maxRetries: 0 },
    // A redirect is told: what is asked here never moves.
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: application },
  };
  const signIn = options.signIn ?? signInOf(profile);
  const { kept, renewed } = keptTokens(() => credentialOf(signIn, profile, clientOptions));
  return {
    profile,
    origins,
    clientOptions,
    credential: kept,
    freshCredential: () => renewed,
    pollDelay: profile.delays?.poll ?? 5000,
    ...(signal ? { signal } : {}),
  };
}

function signInOf({ signIn }: CloudProfile): SignIn {
  if (!signIn) return { kind: 'default' };
  const { tenantId, clientId, certificatePath } = signIn;
  return { kind: 'certificate', tenantId, clientId, certificate: { path: certificatePath } };
}

/**
 * What the client of a service is made with. The two generations of SDKs take the scope under different names, and both fall back
 * to the public cloud or to the endpoint without it (docs/facts/resource-manager.md#requests-and-answers).
 */
export function clientOptionsFor({ clientOptions, freshCredential, origins }: Azure, service: ServiceAddress) {
  const { endpoint, audience } = service;
  const scope = `${audience}/.default`;
  const newToken = async () => (await freshCredential().getToken(scope))?.token;
  const additionalPolicies = [
    { policy: renewing(newToken), position: 'perCall' as const },
    ...clientOptions.additionalPolicies,
    { policy: onlyTo(service, origins), position: 'perRetry' as const },
  ];
  return { ...clientOptions, additionalPolicies, endpoint, credentialScopes: scope, credentials: { scopes: [scope] } };
}

/** The same for what has to be done even after the user has stopped the command: taking back what it gave. */
export function unstoppable({ signal: _, ...azure }: Azure): Azure {
  const { clientOptions } = azure;
  const additionalPolicies = clientOptions.additionalPolicies.filter(({ policy }) => policy.name !== stoppingName);
  return { ...azure, clientOptions: { ...clientOptions, additionalPolicies } };
}
