import type { Composed } from '../check/sign-ins/form.ts';
import type { GroupSignIn } from '../check/sign-ins/sign-in.ts';
import { signInsOf } from '../check/sign-ins/sign-ins.ts';
import type { Subject } from '../check/subject.ts';
import type { Edit } from '../diagnostics/fix.ts';
import { listReferences } from '../expression/references.ts';
import { isOpen, type Parameters } from './parameters.ts';
import type { IdentityAim } from './plan.ts';
import { isNoTenant } from './registration.ts';

/** The identity of a workflow, with the tenants that it may belong to, in lower case. */
export interface Identity {
  readonly tenants: readonly string[];
}

/** It belongs to the tenant that was said, else to one that the sign-ins name. */
export function identityFor(subject: Subject, { tenantId }: IdentityAim): Identity {
  const named = signInsOf(subject).map((signIn) => signIn.value('tenant')?.text);
  const known = (tenantId === undefined ? named : [tenantId]).flatMap((tenant) =>
    tenant && !isNoTenant(tenant) ? [tenant.toLowerCase()] : [],
  );
  return { tenants: [...new Set(known)] };
}

/** An `authentication` group that signs in as the system-assigned identity. Shape: docs/facts/sign-in.md#the-http-action. */
export function identityGroup(audience: string) {
  return { type: 'ManagedServiceIdentity', audience };
}

/** The changes that let a group sign in as the identity; or why it is left. */
export function identityChange(
  signIn: GroupSignIn,
  subject: Subject,
  parameters: Parameters,
  identity: Identity,
): (() => Edit[]) | { readonly left: string } {
  const { members, type, host } = signIn;
  if (signIn.in !== undefined || signIn.place === 'connection')
    return { left: 'how a connection signs in is chosen where it is made: let it use a managed identity there' };
  if (type === 'clientcertificate')
    return { left: 'the API wants to see a certificate when the connection is made (mutual TLS), and an identity has none' };
  const { pointer } = members;
  const tenant = members.given('tenant');
  const isComputed = tenant !== undefined && tenant.text === undefined && isOfARun(tenant.pointer, subject);
  const elsewhere = isComputed ? computedTenant : otherTenant(tenant?.text, identity);
  if (elsewhere !== undefined) return { left: elsewhere };
  const given = members.given('audience');
  const own = given && !isOpen(given, subject) ? given : undefined;
  // What somebody is yet to fill in stays for that, where the host does not tell it.
  const written = typeof given?.written === 'string' ? given.written : '';
  if (written === '' && parameters.lacksAudience(host)) return { left: 'the API that it calls is not known' };
  return () => [{ kind: 'put', pointer, value: identityGroup(parameters.audience(own, host) ?? written) }];
}

/** Whether only a run gives a value, and not the deployment. */
function isOfARun(pointer: string, subject: Subject): boolean {
  const template = subject.templateAt(pointer)?.template;
  return template !== undefined && listReferences(template).some(({ kind }) => kind !== 'parameter');
}

/** Why an identity cannot sign in to the tenant of a token request; undefined where it can, as far as that is told. */
export function tenantLeft(tenant: Composed, identity: Identity): string | undefined {
  if (tenant.isKnown) return otherTenant(tenant.text, identity);
  const ofParameters = tenant.sources.every((source) => source.kind === 'call' && source.name.toLowerCase() === 'parameters');
  return tenant.template !== undefined && ofParameters ? undefined : computedTenant;
}

const computedTenant = 'its tenant is computed, and an identity signs in to its own alone';

/** Why the identity cannot sign in to a tenant, as far as that is told. */
function otherTenant(tenant: string | undefined, { tenants: [home, another] }: Identity): string | undefined {
  if (another !== undefined) return 'the sign-ins here name several tenants, and the identity belongs to one: say --tenant';
  if (!tenant || home === undefined || isNoTenant(tenant) || tenant.toLowerCase() === home) return undefined;
  return `it signs in to the tenant ${tenant}, and an identity of the tenant ${home} cannot`;
}
