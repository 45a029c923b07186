import type { ActionEntry } from '../definition/walk.ts';
import { member } from '../json/member.ts';
import type { Subject } from './subject.ts';

/** An HTTP action that asks Entra for a token by hand. Source: docs/facts/sign-in.md#token-request. */
export interface TokenRequest {
  readonly entry: ActionEntry;
  readonly uriPointer: string;
  readonly bodyPointer: string;
  /** Of the address: 2 takes a scope, 1 a resource. */
  readonly version: 1 | 2;
  /** The tenant in the address, where it stands there as it is. */
  readonly tenant: string | undefined;
  /** Whether the form has a field, whatever its value. */
  has(name: string): boolean;
  /** The value of a field of the form, decoded; undefined where it is computed, or not there. */
  field(name: string): string | undefined;
}

const address =
  /^https:\/\/(?:login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn|windows\.net|chinacloudapi\.cn)|sts\.windows\.net)\/(.*?)\/oauth2\/(v2\.0\/)?token\b/i;

/** The token requests that ask as an application; those of people take other scopes. */
export function listTokenRequests(subject: Subject): TokenRequest[] {
  return subject.actionsOfType('http').flatMap((entry): TokenRequest[] => {
    const { node, pointer } = entry;
    const [uriPointer, bodyPointer] = [`${pointer}/inputs/uri`, `${pointer}/inputs/body`];
    const uri = withoutConcat(textAt(subject, member(node, 'inputs', 'uri'), uriPointer));
    const found = address.exec(uri);
    if (!found) return [];
    const [, tenant = '', second] = found;
    const body = withoutConcat(textAt(subject, member(node, 'inputs', 'body'), bodyPointer));
    const form = new Map(
      body.split('&').map((pair): [string, string] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1)];
      }),
    );
    const field = (name: string) => plain(form.get(name));
    if (field('grant_type') !== 'client_credentials') return [];
    const has = (name: string) => form.has(name);
    return [{ entry, uriPointer, bodyPointer, version: second ? 2 : 1, tenant: plain(tenant), has, field }];
  });
}

function textAt(subject: Subject, value: unknown, pointer: string): string {
  return subject.knownText(value, pointer) ?? (typeof value === 'string' ? value : '');
}

/** `@concat('a=', x, '&b=c')` as the text that it becomes, an expression in braces for each argument that is none. */
function withoutConcat(text: string): string {
  const inside = /^@\{?concat\((.*)\)\}?$/is.exec(text)?.[1];
  if (inside === undefined) return text;
  return inside
    .split(/('(?:[^']|'')*')/)
    .map((part) => (part.startsWith("'") ? part.slice(1, -1).replaceAll("''", "'") : /[^\s,]/.test(part) ? '@{…}' : ''))
    .join('');
}

/** A value that stands there as it is, decoded. */
function plain(value: string | undefined): string | undefined {
  if (value === undefined || value === '' || value.includes('@{') || value.startsWith('@')) return undefined;
  try {
    return decodeURIComponent(value.replaceAll('+', ' ')).trim();
  } catch {
    return value.trim();
  }
}
