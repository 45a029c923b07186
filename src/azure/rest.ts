import {
  bearerTokenAuthenticationPolicy,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  type Pipeline,
  RestError,
} from '@azure/core-rest-pipeline';
import type { ServiceAddress } from '../cloud/profile.ts';
import type { Right } from '../cloud/rights.ts';
import { isObject } from '../json/json.ts';
import { attempt } from './attempt.ts';
import { type Azure, clientOptionsFor } from './azure.ts';
import { BrokenOff } from './broken-off.ts';
import { keptClient } from './kept-clients.ts';
import { askedAnew } from './kept-tokens.ts';
import { needing } from './needing.ts';
import { renewingName } from './policies.ts';

/**
 * Requests for which there is no SDK that fits: Graph's own is made for `fetch`, and knows neither proxy nor certificate authority; that of
 * the vault's certificates loses the policy of an import (docs/facts/key-vault.md#the-data-plane); those of Resource Manager lack some
 * operations of apps.
 */
export interface Request {
  readonly method?: HttpMethods;
  /** After the endpoint, with the query; or, where an answer said it, a whole address within the service. */
  readonly path: string;
  /** JSON, or bytes of a type. */
  readonly body?: object | { readonly type: string; readonly bytes: Uint8Array };
  /** It is for everybody: sent without a token. */
  readonly isOpen?: true;
  /** Besides those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  /** JSON; empty where the answer is none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whole address. */
  readonly location?: string;
  /** The clock of the service, milliseconds since 1970. */
  readonly date?: number;
}

/** Sends a request through what every request of an SDK goes through too. Throws for every status from 300 on; `attempt` gives that words. */
export async function send(
  azure: Azure,
  service: ServiceAddress,
  { method = 'GET', path, body, isOpen, headers: more }: Request,
): Promise<Answered> {
  const url = path.startsWith('/') ? service.endpoint + path : path;
  if (!URL.canParse(url)) throw new BrokenOff('was not sent: its address cannot be read.', 'Check the names in the spec.');
  const content = contentOf(body);
  const request = createPipelineRequest({
    url,
    method,
    headers: createHttpHeaders({ accept: 'application/json', ...(content && { 'content-type': content.type }), ...more }),
    ...(content && { body: content.bytes }),
  });
  const { status, bodyAsText, headers } = await pipelineOf(azure, service, isOpen === true).sendRequest(
    azure.clientOptions.httpClient,
    request,
  );
  // Without request and response: an error that is printed shows neither a token nor what was sent.
  if (status >= 400) throw new RestError(`the service answered ${status}`, { statusCode: status });
  const location = URL.parse(headers.get('location') ?? '', url)?.href;
  const read = objectIn(bodyAsText ?? '', method === 'GET' && status === 200);
  const date = Date.parse(headers.get('date') ?? '');
  return {
    status,
    body: read,
    ...(headers.has('location') && location ? { location } : {}),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

/**
 * Reads JSON at an address that Azure has named and signed, such as the contents of a run: without any token, so that nothing is given
 * away there. Undefined where it is no HTTPS.
 */
export async function readSigned(azure: Azure, address: string): Promise<unknown> {
  if (URL.parse(address)?.protocol !== 'https:') return undefined;
  const { additionalPolicies, ...options } = azure.clientOptions;
  const pipeline = createPipelineFromOptions(options);
  for (const { policy, position } of additionalPolicies)
    pipeline.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Sign' } : {});
  // It only explains what is told already: nobody waits for long.
  const request = createPipelineRequest({
    url: address,
    headers: createHttpHeaders({ accept: 'application/json' }),
    timeout: 5000,
  });
  const { status, bodyAsText } = await pipeline.sendRequest(azure.clientOptions.httpClient, request);
  if (status >= 400) throw new RestError(`the service answered ${status}`, { statusCode: status });
  return parse(bodyAsText ?? '');
}

export interface Call extends Request {
  /** Beginning of the sentence about a failure, such as `reading the app registration "x"`. */
  readonly tried: string;
  readonly right: Right;
}

/**
 * Sends a request that takes a right. `read` takes the answer's JSON, an empty object where it has none, and gives what the caller needs;
 * where it cannot, the answer is not the service's, and that is told. Throws an AzureError.
 */
export async function callService<Body, Result>(
  azure: Azure,
  service: ServiceAddress,
  call: Call,
  read: (answer: Body) => Result,
): Promise<Result> {
  const { tried, right } = call;
  return needing(right, () => attempt(azure, tried, async () => read((await send(azure, service, call)).body as Body)));
}

/** The same, where nothing of the answer is needed. */
export async function tellService(azure: Azure, service: ServiceAddress, call: Call): Promise<void> {
  await callService(azure, service, call, () => undefined);
}

function contentOf(body: Request['body']): { type: string; bytes: string | Uint8Array } | undefined {
  if (body === undefined) return undefined;
  if ('bytes' in body) return body;
  return { type: 'application/json', bytes: JSON.stringify(body) };
}

/** A good answer to a reading has something to read; others may be empty. */
function objectIn(text: string, isReading: boolean): Record<string, unknown> {
  const value = text === '' ? undefined : parse(text);
  if (isObject(value)) return value;
  if (isReading) throw unreadable();
  return {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): BrokenOff {
  return new BrokenOff(
    'was answered with something that is no JSON object.',
    'Look whether something between this machine and Azure answers in its place, such as a proxy.',
  );
}

function pipelineOf(azure: Azure, service: ServiceAddress, isOpen: boolean): Pipeline {
  const name = JSON.stringify([service.endpoint, service.audience, isOpen]);
  return keptClient(azure, newPipeline, name, () => newPipeline(azure, service, isOpen));
}

function newPipeline(azure: Azure, service: ServiceAddress, isOpen: boolean): Pipeline {
  const { additionalPolicies, credentialScopes, ...options } = clientOptionsFor(azure, service);
  const pipeline = createPipelineFromOptions(options);
  if (!isOpen)
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential: askedAnew(azure.credential), scopes: credentialScopes }));
  for (const { policy, position } of additionalPolicies.filter((one) => !isOpen || one.policy.name !== renewingName))
    pipeline.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Sign' } : {});
  return pipeline;
}
