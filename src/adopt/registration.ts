import { signInsOf } from '../check/sign-ins/sign-ins.ts';
import type { Subject } from '../check/subject.ts';
import type { Registration } from './plan.ts';

/** The app registration that the sign-ins share: the one that was asked for, else the one that most of them name. */
export function registrationOf(subject: Subject, aim: Registration): Registration {
  const signIns = signInsOf(subject);
  const tenants = signIns
    .map((signIn) => signIn.value('tenant')?.literal)
    .filter((tenant) => tenant !== undefined && !isNoTenant(tenant));
  // ACS knows applications of its own.
  const clients = signIns
    .filter(({ type }) => type === 'activedirectoryoauth')
    .map((signIn) => signIn.value('clientId')?.literal);
  const [tenantId, clientId] = [aim.tenantId ?? mostOften(tenants), aim.clientId ?? mostOften(clients)];
  return { ...(tenantId !== undefined && { tenantId }), ...(clientId !== undefined && { clientId }) };
}

/** Whether a word stands in the place of a tenant and names none. */
export function isNoTenant(tenant: string): boolean {
  return /^(?:common|organizations|consumers)$/i.test(tenant);
}

/** The word that is there most often; of several, the first. */
function mostOften(words: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first?.[0];
}
