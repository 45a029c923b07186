import type { Given } from '../check/sign-ins/members.ts';
import type { GroupSignIn } from '../check/sign-ins/sign-in.ts';
import type { Subject } from '../check/subject.ts';
import { audienceOfAddress } from '../cloud/audiences.ts';
import type { Edit } from '../diagnostics/fix.ts';
import { type Identity, identityChange } from './identity.ts';
import { isOpen, type Parameters } from './parameters.ts';
import type { Trouble } from './plan.ts';

/** What sign-ins are given: the certificate, as the expression of it, or the identity of the workflow. */
export type Credential = { readonly pfx: string } | Identity;

/** What an `authentication` group is that is not to last, and the changes that make another sign-in of it. */
export interface GroupChange {
  readonly what: string;
  readonly trouble: Trouble;
  /** Made where the sign-in is rewritten; or why it is left. */
  readonly change: (() => Edit[]) | { readonly left: string };
}

/** Undefined for a sign-in that may stay as it is. */
export function groupChange(
  signIn: GroupSignIn,
  subject: Subject,
  parameters: Parameters,
  credential: Credential,
): GroupChange | undefined {
  const found = whatIsIt(signIn);
  if (!found) return undefined;
  if ('tenants' in credential) {
    const change = found.left === undefined ? identityChange(signIn, subject, parameters, credential) : { left: found.left };
    return { ...found, change };
  }
  const { pfx } = credential;
  const left = found.left ?? leftFor(signIn);
  if (left !== undefined) return { ...found, change: { left } };
  const { type, members } = signIn;
  if (type === 'basic') {
    const lacking = parameters.lacking(signIn.host);
    if (lacking !== undefined) return { ...found, change: { left: lacking } };
    return { ...found, change: () => [{ kind: 'put', pointer: members.pointer, value: newGroup(signIn, parameters, pfx) }] };
  }
  return { ...found, change: () => inPlace(signIn, subject, parameters, pfx) };
}

function whatIsIt({ type, members, host }: GroupSignIn): { what: string; trouble: Trouble; left?: string } | undefined {
  const pfx = members.given('pfx');
  const isPasted = pfx !== undefined && pfx.literal !== undefined && pfx.literal !== '';
  switch (type) {
    case 'activedirectoryoauth':
      if (isPasted) return { what: 'a certificate that is in the workflow', trouble: 'leaking' };
      if (members.has('pfx')) return undefined;
      if (members.given('secret')) {
        const isShown = members.given('secret')?.literal !== undefined && members.has('secret');
        return { what: 'OAuth with a client secret', trouble: isShown ? 'leaking' : 'weak' };
      }
      if (!members.given('username')) return undefined;
      return { what: 'OAuth with user name and password', trouble: 'weak', left: actsAsPerson };
    case 'clientcertificate':
      return isPasted ? { what: 'a certificate that is in the workflow', trouble: 'leaking' } : undefined;
    case 'basic':
      if (host === undefined || audienceOfAddress(`https://${host}`) === undefined) return undefined;
      // SharePoint and Graph take no passwords any more.
      return { what: 'Basic to an API of Entra ID', trouble: 'dead' };
    default:
      return undefined;
  }
}

export const actsAsPerson =
  'it signs in as a person, and an application has other rights than that: give the application roles, and then rewrite it by hand';

function leftFor({ place, in: elsewhere }: GroupSignIn): string | undefined {
  if (elsewhere !== undefined || place === 'connection')
    return 'a connection signs in before any action has read the vault: let it use a managed identity';
  if (place === 'trigger')
    return 'a trigger signs in before any action has read the vault: let it use a managed identity, or take the certificate from a secure parameter';
  return undefined;
}

/** The members of a group as they are to be; everything else in it stays. */
function inPlace({ members, type, host }: GroupSignIn, subject: Subject, parameters: Parameters, pfx: string): Edit[] {
  const edits: Edit[] = [];
  const set = (name: string, value: string) => {
    const given = members.given(name);
    if (given?.written === value) return;
    edits.push(
      given ? { kind: 'put', pointer: given.pointer, value } : { kind: 'add', pointer: `${members.pointer}/${name}`, value },
    );
  };
  const secret = members.given('secret');
  if (secret) edits.push({ kind: 'remove', pointer: secret.pointer });
  if (type === 'activedirectoryoauth') {
    const own = (given: Given | undefined) => (given && !isOpen(given, subject) ? given : undefined);
    const [tenant, client, audience] = (['tenant', 'clientId', 'audience'] as const).map((name) => own(members.given(name)));
    const named = [
      ['tenant', parameters.tenant(tenant)],
      ['clientId', parameters.client(client)],
      ['audience', parameters.audience(audience, host)],
    ] as const;
    for (const [name, value] of named) if (value !== undefined) set(name, value);
  }
  set('pfx', pfx);
  // The PFX that a vault gives has an empty password, and the designer calls the group incomplete without it.
  set('password', '');
  return edits;
}

/** A whole group, for a request that had one of another kind. */
function newGroup({ host }: GroupSignIn, parameters: Parameters, pfx: string) {
  const tenant = parameters.tenant(undefined) ?? '';
  return certificateGroup(
    { tenant, clientId: parameters.client(undefined) ?? '', audience: parameters.audience(undefined, host) ?? '' },
    pfx,
  );
}

/** An `authentication` group that signs in by certificate. Shape: docs/facts/sign-in.md#the-http-action. */
export function certificateGroup(
  { tenant, audience, clientId }: { readonly tenant: string; readonly audience: string; readonly clientId: string },
  pfx: string,
) {
  return { type: 'ActiveDirectoryOAuth', tenant, audience, clientId, pfx, password: '' };
}
