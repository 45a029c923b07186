import { createHash } from 'node:crypto';
import * as tls from 'node:tls';
import { rootCertificates } from 'node:tls';
import {
  isRestError,
  type PipelinePolicy,
  type PipelineResponse,
  RestError,
  type RetryStrategy,
  retryPolicy,
} from '@azure/core-rest-pipeline';
import { readFailedAnswer } from './answer.ts';
import { checkShape } from './answer-shape.ts';
import { noteAnswer, noteAsked, noteBrokenOff } from './attempt.ts';
import { BrokenOff } from './broken-off.ts';
import { withoutIgnored } from './ignored-changes.ts';
import { type Origins, originOf } from './origins.ts';

/** What every request to Azure goes through, besides what the SDKs do by themselves. */

const maximumRetries = 5;

/** Where Azure asks for a longer pause, the command gives up and says so. Milliseconds. */
const longestPause = 120_000;

export interface PolicyOptions {
  readonly signal?: AbortSignal | undefined;
  /** First pause before a repeated request; each further one is twice as long. Milliseconds. */
  readonly retryDelay: number;
  /** Where a request is repeated. */
  readonly origins: Origins;
  /** Told of every pause, in a sentence. */
  readonly notice: (text: string) => void;
}

/**
 * Repeats what may go well at the second try, after the pause that Azure asks for: what was turned away with 429, and other failures of
 * the service and of the network where the request may arrive twice without harm. A 503 may come after the work is done (`makeOnce`).
 */
export function retries({ retryDelay, notice, origins }: PolicyOptions): PipelinePolicy {
  const strategy: RetryStrategy = {
    name: 'certflow',
    retry({ retryCount, response, responseError }) {
      const request = response?.request ?? responseError?.request;
      const status = response?.status;
      if (!request || !origins.includes(request.url) || !isPassing(status, responseError?.code)) return { skipStrategy: true };
      if (status !== 429 && !isRepeatable(request.method, request.url)) return { skipStrategy: true };
      const asked = status === 429 || status === 503 ? pauseAskedFor(response?.headers) : undefined;
      if (asked !== undefined && asked > longestPause) return { skipStrategy: true };
      const pause = asked ?? Math.min(retryDelay * 2 ** retryCount, longestPause);
      const reason = status === undefined ? (responseError?.code ?? 'no answer') : `status ${status}`;
      if (pause >= 2000)
        notice(`${new URL(request.url).host} did not answer as it should (${reason}); again in ${Math.round(pause / 1000)} s`);
      return { retryAfterInMs: pause };
    },
  };
  return { ...retryPolicy([strategy], { maxRetries: maximumRetries }), name: 'certflowRetries' };
}

function isPassing(status: number | undefined, code: string | undefined): boolean {
  if (status === undefined)
    return (
      code !== undefined &&
      /^(ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|ENETUNREACH|EAI_AGAIN|REQUEST_SEND_ERROR|PARSE_ERROR)$/.test(code)
    );
  return [408, 429, 500, 502, 503, 504].includes(status);
}

/** All requests name what should be, and may be sent twice, but those that start something anew each time. */
function isRepeatable(method: string, url: string): boolean {
  return (
    method !== 'POST' ||
    !/\/(run|resubmit|applications|servicePrincipals|appRoleAssignments|appRoleAssignedTo|permissions|addKey|create|import|\$batch)$/i.test(
      new URL(url).pathname,
    )
  );
}

function pauseAskedFor(headers: { get(name: string): string | undefined } | undefined): number | undefined {
  const milliseconds = headers?.get('retry-after-ms') ?? headers?.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
  const value = headers?.get('retry-after');
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** What {@link stopping} is called. */
export const stoppingName = 'certflowStopping';

/** Ends what waits for an answer when the user stops the command. */
export function stopping({ signal }: PolicyOptions): PipelinePolicy {
  return {
    name: stoppingName,
    sendRequest(request, next) {
      if (signal)
        request.abortSignal = request.abortSignal ? AbortSignal.any([signal, request.abortSignal as AbortSignal]) : signal;
      return next(request);
    },
  };
}

/**
 * Looks at a good answer in JSON: half a document is none, for the SDKs would hand on the words of the JSON parser, each in a way of its own;
 * and members are of the kind that their services give. Of a forecast, the SDK gets only what is about the deployment.
 */
function checkAnswer(response: PipelineResponse) {
  const { status, headers, bodyAsText, request } = response;
  if (status >= 400 || !bodyAsText || !headers.get('content-type')?.includes('json')) return;
  let answer: unknown;
  try {
    answer = JSON.parse(bodyAsText);
  } catch {
    throw new RestError('the answer broke off, and cannot be read', { code: 'PARSE_ERROR', request });
  }
  checkShape(answer);
  const kept = withoutIgnored(answer);
  if (kept) response.bodyAsText = JSON.stringify(kept);
}

/** A redirect and half an answer are no answers; and what is said of a failure is kept for the error, as the SDKs drop it. */
export function watching(): PipelinePolicy {
  return {
    name: 'certflowWatching',
    async sendRequest(request, next) {
      noteAsked(request.url);
      noteAnswer(undefined);
      try {
        const response = await next(request);
        if (response.status >= 300 && response.status < 400) throw redirected(response);
        checkAnswer(response);
        if (response.status >= 400)
          noteAnswer(readFailedAnswer(response.status, response.bodyAsText, pauseAskedFor(response.headers)));
        return response;
      } catch (error) {
        if (error instanceof BrokenOff) noteBrokenOff(error, originOf(request.url));
        throw error;
      }
    },
  };
}

function redirected({ status, headers, request }: PipelineResponse): BrokenOff {
  const { host } = new URL(request.url);
  const target = URL.parse(headers.get('location') ?? '', request.url)?.origin;
  return new BrokenOff(
    `was answered with a redirect (${status})${target === undefined ? '' : ` to ${target}`}, which is not followed.`,
    `Nothing was sent there. Look whether something between this machine and ${host} answers in its place: a proxy, or the sign-in page of a network.`,
  );
}

/** What {@link renewing} is called. */
export const renewingName = 'certflowRenewing';

/**
 * Gets a new token, once, where the service says that the one at hand has ended: a clock that is wrong, or a sign-in that was taken
 * back. The SDKs renew tokens by the clock of this machine alone.
 */
export function renewing(newToken: () => Promise<string | undefined>): PipelinePolicy {
  return {
    name: renewingName,
    async sendRequest(request, next) {
      try {
        const response = await next(request);
        if (!isExpired(response)) return response;
      } catch (error) {
        if (!isRestError(error) || !isExpired(error.response)) throw error;
      }
      const token = await newToken();
      if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
      return next(request);
    },
  };
}

function isExpired(response: PipelineResponse | undefined): boolean {
  return (
    response?.status === 401 &&
    /ExpiredAuthenticationToken|token (is |has )?expired/i.test(
      `${response.bodyAsText} ${response.headers.get('www-authenticate')}`,
    )
  );
}

/**
 * Trusts one more certificate authority. Not by `tlsOptions`: the pipeline leaves those out where a proxy is in between, which is
 * where people need it.
 */
export function trusting(certificateAuthority: string): PipelinePolicy {
  // By it, connections are told apart from those of others that trust somebody else; `secureContext` is not looked at for that.
  const sessionIdContext = createHash('sha256').update(certificateAuthority).digest('hex').slice(0, 32);
  return {
    name: 'certflowTrust',
    sendRequest(request, next) {
      const secureContext = contextTrusting(certificateAuthority);
      request.requestOverrides = { ...request.requestOverrides, secureContext, sessionIdContext };
      return next(request);
    },
  };
}

/** Once for all connections: to read some hundred certificates takes longer than the rest of a request. */
const contexts = new Map<string, tls.SecureContext>();

function contextTrusting(certificateAuthority: string): tls.SecureContext {
  const before = contexts.get(certificateAuthority);
  if (before) return before;
  // getCACertificates came with Node 22.15; it knows NODE_EXTRA_CA_CERTS too.
  const known = 'getCACertificates' in tls ? tls.getCACertificates('default') : rootCertificates;
  const context = tls.createSecureContext({ ca: [...known, certificateAuthority] });
  contexts.set(certificateAuthority, context);
  return context;
}
