import { AsyncLocalStorage } from 'node:async_hooks';
import { type FailedAnswer, readFailedAnswer } from './answer.ts';
import type { Azure } from './azure.ts';
import { AzureError, refusal } from './azure-error.ts';
import { BrokenOff } from './broken-off.ts';
import { originOf } from './origins.ts';
import { signInError } from './sign-in-error.ts';

/**
 * The last failed answer of the attempt that is under way: the SDKs drop its body in most places
 * (docs/facts/resource-manager.md#errors).
 */
interface Attempt {
  failed?: FailedAnswer | undefined;
  /** The address that was asked last. */
  asked?: string;
  /** What was given up last, and at which origin: the SDK of the sign-in says something else of it. */
  brokenOff?: { readonly error: BrokenOff; readonly origin: string };
}

const attempts = new AsyncLocalStorage<Attempt>();

/** Called by the pipeline for every request. */
export function noteAsked(url: string) {
  const attempt = attempts.getStore();
  if (attempt) attempt.asked = url;
}

/** The address that was asked last in the attempt that is under way; empty before the first. */
export function lastAsked(): string {
  return attempts.getStore()?.asked ?? '';
}

/** Called by the pipeline for every answer, a good one clearing what a repeated request has left. */
export function noteAnswer(answer: FailedAnswer | undefined) {
  const attempt = attempts.getStore();
  if (attempt) attempt.failed = answer;
}

/** Called by the pipeline where it gives a request up. */
export function noteBrokenOff(error: BrokenOff, origin: string) {
  const attempt = attempts.getStore();
  if (attempt) attempt.brokenOff = { error, origin };
}

/**
 * Does something with Azure, and turns whatever goes wrong into an AzureError. `tried` is the beginning of its sentence, such as
 * `reading the resource group rg-flows`.
 */
export async function attempt<Result>(azure: Azure, tried: string, call: () => Promise<Result>): Promise<Result> {
  const attempt: Attempt = {};
  return attempts.run(attempt, async () => {
    try {
      return await call();
    } catch (error) {
      throw toAzureError(azure, tried, error, attempt);
    }
  });
}

/**
 * What may not be there: undefined where Azure answers 404. Where the subscription itself is not there, nothing is known of what is in
 * it, and that is told.
 */
export async function ifThere<Result>(attempted: Promise<Result>): Promise<Result | undefined> {
  try {
    return await attempted;
  } catch (error) {
    if (error instanceof AzureError && error.status === 404 && !/^SubscriptionNotFound$/i.test(error.code ?? ''))
      return undefined;
    throw error;
  }
}

function toAzureError({ profile, signal }: Azure, tried: string, error: unknown, { failed, brokenOff }: Attempt): AzureError {
  if (error instanceof AzureError) return error;
  if (error instanceof BrokenOff) return givenUp(tried, error);
  if (!(error instanceof Error)) return new AzureError('refused', tried, `failed: ${String(error)}`);
  // What wraps an error of the sign-in forgets that it was stopped.
  if (error.name === 'AbortError' || signal?.aborted) return new AzureError('stopped', tried, 'was stopped.', { cause: error });
  const atSignIn = signInError(tried, error, profile.authority, failed);
  if (atSignIn && brokenOff?.origin === originOf(profile.authority)) return givenUp(tried, brokenOff.error);
  if (atSignIn) return atSignIn;
  if (failed) return refusal(tried, failed, error);
  const { code, statusCode, response } = error as {
    code?: unknown;
    statusCode?: unknown;
    response?: { bodyAsText?: string | null };
  };
  if (typeof statusCode === 'number' && statusCode >= 400)
    return refusal(tried, readFailedAnswer(statusCode, response?.bodyAsText ?? error.message), error);
  if (error instanceof TypeError || error instanceof RangeError)
    return new AzureError('unreachable', tried, 'was answered with something that is not what this service says.', {
      cure: 'Look whether something between this machine and Azure answers in its place, such as a proxy.',
      cause: error,
    });
  const unreachable = networkProblem(typeof code === 'string' ? code : '', error.message);
  if (unreachable) return new AzureError('unreachable', tried, unreachable.what, { cure: unreachable.cure, cause: error });
  return new AzureError('refused', tried, `failed: ${error.message}`, { cause: error });
}

function givenUp(tried: string, error: BrokenOff): AzureError {
  return new AzureError('unreachable', tried, error.what, { cure: error.cure, cause: error });
}

/** What keeps a request from its service, by the codes of Node (`errno`, OpenSSL) and of Azure's pipeline. */
function networkProblem(code: string, message: string): { what: string; cure: string } | undefined {
  if (isUntrusted(code, message))
    return {
      what: 'failed: the TLS certificate of the service is not trusted here.',
      cure: 'Behind a proxy that looks into connections, name its certificate authority with --ca-file.',
    };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      what: `failed: ${message.replace(/^getaddrinfo \w+ /, 'no address is known for ')}.`,
      cure: 'Check the network, and the cloud in the spec. A proxy is named in HTTPS_PROXY.',
    };
  if (/^(ECONN|ETIMEDOUT|EHOST|ENET|EPIPE|EPROTO|REQUEST_SEND_ERROR|PARSE_ERROR|ERR_SSL)/.test(code))
    return {
      what: `failed: ${message || code}.`.replace(/\.\.$/, '.'),
      cure: 'Check the network (a proxy is named in HTTPS_PROXY), then run the same command again: it goes on where it stopped.',
    };
  return undefined;
}

/** OpenSSL's words for a chain that ends in an authority nobody knows. */
export function isUntrusted(code: string, message: string): boolean {
  return /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_|ERR_TLS_CERT)|self-signed certificate|unable to (get|verify)[\w ]*certificate/i.test(
    `${code} ${message}`,
  );
}
