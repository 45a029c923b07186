import type { OperationEntry } from '../../definition/walk.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import type { Subject } from '../subject.ts';
import { Composed, decoded, type Field } from './form.ts';
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
  /** Where the form stands. */
  readonly bodyPointer: string;
  /** Whether the form has a field, whatever its value. */
  has(name: string): boolean;
  /** The value of a field of the form, decoded; undefined where it is computed, or not there. */
  field(name: string): string | undefined;
  /** The same with its place. */
  given(name: string): Given | undefined;
}

const entra =
  /^https:\/\/(?:login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn|windows\.net|chinacloudapi\.cn)|sts\.windows\.net)\/(.*?)\/oauth2\/(v2\.0\/)?token\b/i;
const acs =
  /^https:\/\/[\w-]+\.accesscontrol\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)\/(.*?)\/tokens\/oauth\/2/i;

/** Every token request of a workflow, of whatever grant. */
export function tokenRequestsOf(subject: Subject): readonly TokenRequest[] {
  return subject.once(listTokenRequests);
}

function listTokenRequests(subject: Subject): TokenRequest[] {
  return requestsOf(subject).flatMap((request): TokenRequest[] => {
    const { members, operation } = request;
    const uri = members.given(request.address);
    if (!uri) return [];
    const address = new Composed(subject, uri).text;
    const ofEntra = entra.exec(address);
    const found = ofEntra ?? acs.exec(address);
    if (!found) return [];
    const [, tenant = '', second] = found;
    const body = members.given('body');
    const fields = new Composed(subject, body).fields();
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
        grant: fields.get('grant_type')?.text?.toLowerCase(),
        tenant: toGiven(tenantField(tenant), uri.pointer),
        bodyPointer,
        has: (name) => fields.has(name),
        field: (name) => given(name)?.text,
        given,
      },
    ];
  });
}

function tenantField(text: string): Field {
  const isKnown = text !== '' && !text.includes('@{');
  return { text: isKnown ? decoded(text) : undefined, isWritten: isKnown };
}

function toGiven({ text, isWritten }: Field, pointer: string): Given {
  const known = text === undefined || isPlaceholder(text) ? undefined : text;
  return { pointer, written: text, literal: isWritten ? known : undefined, text: known };
}
