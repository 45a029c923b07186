import { refuse } from '../refusal.ts';
import { content } from '../values/content.ts';
import { asText } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { any, text } from './arguments.ts';
import { decodeUri } from './conversions.ts';
import type { Evaluations } from './function.ts';
import { short } from './limits.ts';

/** Addresses and their parts. Source: docs/facts/engine.md#addresses. */
export const uris = {
  decodeUriComponent: (values) => decodeUri(asText(any(values, 0))),
  encodeUriComponent: (values) => encode(any(values, 0)),
  uriComponent: (values) => encode(any(values, 0)),
  uriComponentToBinary: (values) => content('application/octet-stream', decodeUri(asText(any(values, 0)))),
  uriComponentToString: (values) => decodeUri(asText(any(values, 0))),
  uriHost: (values) => part(text(values, 0)).hostname,
  uriPath: (values) => part(text(values, 0)).pathname,
  uriPathAndQuery: (values) => part(text(values, 0)).pathname + part(text(values, 0)).search,
  uriPort: (values) => {
    const { port, protocol } = part(text(values, 0));
    return port === '' ? (ports[protocol] ?? -1) : Number(port);
  },
  uriQuery: (values) => part(text(values, 0)).search,
  uriScheme: (values) => part(text(values, 0)).protocol.slice(0, -1),
} satisfies Partial<Evaluations<string>>;

const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ftp:': 21 };

/** Everything but letters, digits and `-_.~`, as .NET has it. */
function encode(value: Value): string {
  return short(
    wellFormed(asText(value)).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

/** Refuses half of a character that takes two codes. */
function wellFormed(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return refuse('The text has half of a character.');
  }
}

function part(address: string): URL {
  return URL.parse(address.trim()) ?? refuse(`'${address.slice(0, 60)}' is no absolute URI.`);
}
