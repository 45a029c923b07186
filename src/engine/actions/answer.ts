import type { MockAnswer } from '../mocks/mock.ts';
import { content } from '../values/content.ts';
import { parseValue, toValue } from '../values/json.ts';
import type { Value } from '../values/value.ts';

/** The body of an answer as the action has it: a text of the type JSON is parsed, one of XML or bytes becomes content. */
export function bodyOfAnswer({ body, headers }: MockAnswer): Value | undefined {
  if (body === undefined) return undefined;
  if (typeof body !== 'string') return toValue(body);
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (/[/+]json\b/i.test(type)) return parseValue(body);
  return /[/+]xml\b|octet-stream|^image\/|^application\/pdf/i.test(type) ? content(type, body) : body;
}

const names: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  402: 'PaymentRequired',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  408: 'RequestTimeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  501: 'NotImplemented',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** What run history calls a failure with an HTTP status. */
export function codeOf(status: number): string {
  return names[status] ?? String(status);
}
