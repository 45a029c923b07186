import type { OperationEntry } from '../../definition/walk.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import type { Subject } from '../subject.ts';
import { Composed, decoded } from './form.ts';
import type { Given } from './members.ts';
import { type Request, requestsOf } from './requests.ts';

/** A request that asks for a token by hand. Source: docs/facts/sign-in.md#token-request. */
export interface TokenRequest {
  readonly operation: OperationEntry;
  readonly request: Request;
  /** Who is asked: Entra, or Azure ACS. */
  readonly service: 'entra' | 'acs';
  /** Of Entra's address: 2 takes a scope, 1 a resource. */
  readonly version: 1 | 2;
  /** Such as `client_credentials`; undefined where it is computed, or not there. */
  readonly grant: string | undefined;
  /** The tenant in the address. */
  readonly tenant: Given;
  /** The same, as it is put together. */
  readonly tenantPart: Composed;
  /** Where the form stands. */
  readonly bodyPointer: string;
  /** Whether the form has a field, whatever its value. */
  has(name: string): boolean;
  /** The value of a field of the form, decoded; undefined where it is computed, or not there. */
  field(name: string): string | undefined;
  /** The same with its place. */
  given(name: string): Given | undefined;
  /** The same, as it is put together. */
  part(name: string): Composed | undefined;
}

const entra =
  /^https:\/\/(?:login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn|windows\.net|chinacloudapi\.cn)|sts\.windows\.net)\/(.*?)\/oauth2\/(v2\.0\/)?token\b/di;
const acs =
  /^https:\/\/[\w-]+\.accesscontrol\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)\/(.*?)\/tokens\/oauth\/2/di;

/** Every token request of a workflow, of whatever grant. */
export function tokenRequestsOf(subject: Subject): readonly TokenRequest[] {
  return subject.once(listTokenRequests);
}

function listTokenRequests(subject: Subject): TokenRequest[] {
  return requestsOf(subject).flatMap((request): TokenRequest[] => {
    const { members, operation } = request;
    const uri = members.given(request.address);
    if (!uri) return [];
    const address = Composed.of(subject, uri);
    const ofEntra = entra.exec(address.text);
    const found = ofEntra ?? acs.exec(address.text);
    if (!found) return [];
    const [, , second] = found;
    const [from, to] = found.indices?.[1] ?? [0, 0];
    const tenantPart = address.slice(from, to);
    const body = members.given('body');
    const fields = Composed.of(subject, body).fields();
    const bodyPointer = body?.pointer ?? members.pointer;
    const given = (name: string) => {
      const field = fields.get(name);
      return field && toGiven(field, bodyPointer);
    };
    return [
      {
        operation,
        request,
        service: ofEntra ? 'entra' : 'acs',
        version: second ? 2 : 1,
        grant: given('grant_type')?.text?.toLowerCase(),
        tenantPart,
        tenant: toGiven(tenantPart, uri.pointer),
        bodyPointer,
        has: (name) => fields.has(name),
        field: (name) => given(name)?.text,
        given,
        part: (name) => fields.get(name),
      },
    ];
  });
}

function toGiven(part: Composed, pointer: string): Given {
  const text = part.isKnown && part.text.trim() !== '' ? decoded(part.text) : undefined;
  const known = text === undefined || isPlaceholder(text) ? undefined : text;
  return { pointer, written: text, literal: part.isWritten ? known : undefined, text: known };
}
