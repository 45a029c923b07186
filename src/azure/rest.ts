import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  type Pipeline,
  RestError,
} from '@azure/core-rest-pipeline';
import type { ServiceAddress } from '../cloud/profile.ts';
import type { Right } from '../cloud/rights.ts';
import { attempt } from './attempt.ts';
import { type Azure, clientOptionsFor } from './azure.ts';
import { needing } from './needing.ts';

/**
 * JSON to and from a service for which there is no SDK that fits: Graph's own is made for `fetch`, and knows neither proxy nor
 * certificate authority; that of the vault's certificates loses the policy of an import (docs/facts/key-vault.md#the-data-plane).
 */
export interface Call {
  /** Beginning of the sentence about a failure, such as `reading the app registration "x"`. */
  readonly tried: string;
  readonly right: Right;
  readonly method?: HttpMethods;
  /** After the endpoint, with the query; or, for the next page of a list, a whole address within it. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request and gives the answer's JSON (undefined where it has none). Throws an AzureError. */
export async function callService<Result>(azure: Azure, service: ServiceAddress, call: Call): Promise<Result> {
  const { tried, right, method = 'GET', path, body, headers = {} } = call;
  return needing(right, () =>
    attempt(azure, tried, async () => {
      const request = createPipelineRequest({
        url: addressOf(service, path),
        method,
        headers: createHttpHeaders({
          accept: 'application/json',
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { status, bodyAsText } = await pipelineFor(azure, service).sendRequest(createDefaultHttpClient(), request);
      // Without request and response: an error that is printed shows neither a token nor what was sent.
      if (status >= 400) throw new RestError(`the service answered ${status}`, { statusCode: status });
      return (bodyAsText ? JSON.parse(bodyAsText) : undefined) as Result;
    }),
  );
}

/** The same for what may not be there: undefined where the service answers 404. */
export async function findInService<Result>(azure: Azure, service: ServiceAddress, call: Call): Promise<Result | undefined> {
  try {
    return await callService<Result>(azure, service, call);
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return undefined;
    throw error;
  }
}

/** A token goes to its service only, wherever an answer says that the next page is. */
function addressOf({ endpoint }: ServiceAddress, path: string): string {
  if (path.startsWith('/')) return endpoint + path;
  if (new URL(path).origin !== new URL(endpoint).origin)
    throw new Error(`the next page of a list is said to be at ${new URL(path).origin}, which is not ${endpoint}`);
  return path;
}

const pipelines = new WeakMap<Azure, Map<string, Pipeline>>();

/** What every request to a service goes through that no SDK sends. */
export function pipelineFor(azure: Azure, service: ServiceAddress): Pipeline {
  const { audience } = service;
  const known = pipelines.get(azure) ?? new Map<string, Pipeline>();
  pipelines.set(azure, known);
  const there = known.get(audience);
  if (there) return there;
  const { retryOptions, userAgentOptions, additionalPolicies } = clientOptionsFor(azure, service);
  const pipeline = createPipelineFromOptions({ retryOptions, userAgentOptions });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential: azure.credential, scopes: `${audience}/.default` }), {
    phase: 'Sign',
  });
  for (const { policy, position } of additionalPolicies)
    pipeline.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Retry' } : {});
  known.set(audience, pipeline);
  return pipeline;
}
