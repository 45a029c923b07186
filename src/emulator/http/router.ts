import type { Caller } from '../entra/caller.ts';
import { type Answer, refuse } from './answer.ts';

/** A request as a handler sees it. */
export interface Call {
  readonly method: string;
  /** Absolute, as the caller wrote it. */
  readonly url: URL;
  /** Values of the placeholders in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Who asks, where the service wants to know. */
  readonly caller: Caller;
  /** Whether what this request starts shall fail in the end, after it was taken. */
  readonly failsLate: boolean;
  /** The body as JSON: an object. */
  json(): Readonly<Record<string, unknown>>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** `GET /subscriptions/{subscription}`; `{scope*}` takes several segments. Case does not count, as in Azure. */
export type Routes = Readonly<Record<string, Handler>>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}

export interface Found {
  readonly params: Readonly<Record<string, string>>;
  readonly handler: Handler;
}

/** Finds the handler of a request: the first that matches, in the order in which they are listed. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: Routes) {
    this.#routes = Object.entries(routes).map(([line, handler]) => compile(line, handler));
  }

  /** Throws a ServiceError where nothing has that path, or not with that method. */
  find(method: string, path: string): Found {
    const matching = this.#routes.filter(({ pattern }) => pattern.test(path));
    const route = matching.find((candidate) => candidate.method === method);
    if (route === undefined && matching.length > 0)
      refuse(
        405,
        'MethodNotAllowed',
        `The method ${method} is not allowed here: ${matching.map((one) => one.method).join(', ')}.`,
      );
    if (route === undefined) refuse(404, 'NotFound', `The emulator has nothing at ${path}.`);
    const [, ...values] = route.pattern.exec(path) as RegExpExecArray;
    return {
      handler: route.handler,
      params: Object.fromEntries(route.names.map((name, index) => [name, decode(values[index])])),
    };
  }
}

function compile(line: string, handler: Handler): Route {
  const [method = '', path = ''] = line.split(' ');
  const names: string[] = [];
  const source = path.replaceAll(/[.$()]/g, '\\$&').replaceAll(/\{(\w+)(\*?)\}/g, (_, name, many) => {
    names.push(name);
    return many ? '(.+?)' : '([^/]+)';
  });
  return { method, names, handler, pattern: new RegExp(`^${source}/?$`, 'i') };
}

function decode(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    refuse(400, 'BadRequest', `"${text}" in the address is not URL-encoded.`);
  }
}
