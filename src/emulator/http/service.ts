import type { Caller } from '../entra/caller.ts';
import { type Answer, refuse, ServiceError } from './answer.ts';
import type { Fault, FaultKind, Faults } from './faults.ts';
import type { Recorded, ServiceName } from './recorded.ts';
import { type Call, Router, type Routes } from './router.ts';

/** One of the services: what it answers, and how it finds out who asks. */
export interface Service {
  readonly name: ServiceName;
  readonly routes: Routes;
  /** Throws a ServiceError where the request carries no valid token; with `isExpired`, as if the token had just run out. */
  readonly identify: (headers: Call['headers'], isExpired: boolean) => Promise<Caller>;
}

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An answer as it goes out; `broken` where the connection ends instead, `silent` where nothing comes. */
export type Outcome =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string }
  | 'broken'
  | 'silent';

/** Answers requests to one service, tells of them, and lets the faults befall them that were asked for. */
export class Dispatcher {
  readonly #service: Service;
  readonly #router: Router;
  readonly #tell: (recorded: Recorded) => void;
  readonly #faults: Faults;
  readonly #afterwards: () => void;

  /** `tell` hears of each request with its answer; `afterwards` is called when one may have changed something. */
  constructor(service: Service, tell: (recorded: Recorded) => void, faults: Faults, afterwards: () => void) {
    this.#service = service;
    this.#router = new Router(service.routes);
    this.#tell = tell;
    this.#faults = faults;
    this.#afterwards = afterwards;
  }

  /** Never throws. */
  async answer(incoming: Incoming): Promise<Outcome> {
    const { method, url, headers, text } = incoming;
    const fault = this.#faults.next(this.#service.name, method, url.pathname + url.search);
    const outcome = await this.#outcome(incoming, fault);
    this.#tell({
      service: this.#service.name,
      method,
      url: url.href,
      headers,
      body: text,
      ...(typeof outcome === 'object' && { answer: { status: outcome.status, headers: outcome.headers, body: outcome.text } }),
      ...(fault && { fault: fault.kind }),
    });
    return outcome;
  }

  async #outcome(incoming: Incoming, fault: Fault | undefined): Promise<Outcome> {
    if (fault?.kind === 'reset') return 'broken';
    if (fault?.kind === 'timeout') return 'silent';
    if (fault?.kind === 'malformed')
      return { status: 200, headers: { 'content-type': 'application/json' }, text: '{"value": [{"id": "' };
    const instead = fault && answerInstead(fault, this.#service.name);
    if (instead) return written(instead);
    const answer = await this.#handle(incoming, fault?.kind);
    if (fault?.kind === 'lost') return 'broken';
    if (fault?.kind === 'unavailableLate') return written(unavailable(fault));
    // A deployment goes on after its answer, and fails by itself.
    if (fault?.kind === 'failedLate' && answer.headers?.['azure-asyncoperation'] === undefined)
      return written(
        new ServiceError(500, {
          code: 'InternalServerError',
          message: 'The server failed after the request was carried out.',
        }).toAnswer(),
      );
    return written(answer);
  }

  async #handle({ method, url, headers, text }: Incoming, fault: FaultKind | undefined): Promise<Answer> {
    try {
      const caller = await this.#service.identify(headers, fault === 'tokenExpired');
      const failsLate = fault === 'failedLate';
      const { handler, params } = this.#router.find(method, url.pathname);
      const answer = await handler({ method, url, params, headers, text, caller, failsLate, json: () => parseObject(text) });
      if (method !== 'GET') this.#afterwards();
      return answer;
    } catch (error) {
      if (error instanceof ServiceError) return error.toAnswer();
      // A mistake of the emulator must not end it: it is told to whoever asked.
      const message = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
      return { status: 500, body: { error: { code: 'InternalServerError', message: `The emulator has a mistake: ${message}` } } };
    }
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${(error as Error).message}'.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(400, 'InvalidRequestContent', 'The request content was invalid: it must be a JSON object.');
  return value as Record<string, unknown>;
}

const forbiddenCodes: Readonly<Record<ServiceName, string>> = {
  entra: 'access_denied',
  arm: 'AuthorizationFailed',
  vault: 'Forbidden',
  graph: 'Authorization_RequestDenied',
  logic: 'AuthorizationFailed',
};

function error(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return new ServiceError(status, { code, message }, headers).toAnswer();
}

function unavailable({ retryAfter = 0 }: Fault): Answer {
  const again = { 'retry-after': String(retryAfter) };
  return error(503, 'ServerBusy', 'The service is temporarily unavailable. Please try again later.', again);
}

function answerInstead(fault: Fault, service: ServiceName): Answer | undefined {
  const { kind, retryAfter = 0 } = fault;
  switch (kind) {
    case 'throttled': {
      const message = 'The number of requests has exceeded the limit. Please try again later.';
      return error(429, 'TooManyRequests', message, { 'retry-after': String(retryAfter) });
    }
    case 'unavailable':
      return unavailable(fault);
    case 'forbidden':
      return error(403, forbiddenCodes[service], 'The client does not have authorization to perform this action.');
    default:
      return undefined;
  }
}

function written({ status, headers = {}, body }: Answer): Outcome {
  if (body === undefined) return { status, headers, text: '' };
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, text: JSON.stringify(body) };
}
