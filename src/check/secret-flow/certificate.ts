import { clouds } from '../../cloud/clouds.ts';
import { isSignInHost } from '../../cloud/sign-in-hosts.ts';
import { isGetSecret } from '../../definition/get-secret.ts';
import type { ActionEntry } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import { member } from '../../json/member.ts';
import { fromPointer } from '../../json/pointer.ts';
import { hostOf } from '../address.ts';
import type { Members } from '../sign-ins/members.ts';
import { requestsAt } from '../sign-ins/requests.ts';
import type { Subject } from '../subject.ts';
import { vaultRead } from '../vault-read.ts';
import type { Arrival } from './flow.ts';
import type { Source } from './taint.ts';

/** How a secret leaves: the rest of a sentence, the last step of its way, and what to do. */
export interface Leak {
  readonly where: string;
  readonly step: string;
  readonly help: string;
}

/**
 * The secrets of a workflow that are a certificate with its private key: whatever arrives in a `pfx`, and what else reads the same secret from a
 * vault.
 */
export function certificatesAmong(subject: Subject, arrivals: readonly Arrival[]): ReadonlySet<Source> {
  const found = new Set<Source>();
  for (const { taints, path } of arrivals)
    if (path.at(-1) === 'pfx' && path.at(-2) === 'authentication') for (const { source } of taints) found.add(source);
  if (found.size === 0) return found;
  const byPointer = new Map(subject.actions.map((action) => [action.pointer, action]));
  const readsOf = ({ kind, step }: Source) => {
    const action = kind === 'vault' || kind === 'credential' ? byPointer.get(step.pointer) : undefined;
    return action === undefined ? [] : namesRead(subject, action);
  };
  const names = new Set([...found].flatMap(readsOf));
  for (const { taints } of arrivals)
    for (const { source } of taints) if (readsOf(source).some((name) => names.has(name))) found.add(source);
  return found;
}

/** What names the secret that an action reads: its name where it is known, and the text that stands for it. */
export function namesRead(subject: Subject, action: ActionEntry): string[] {
  const read = vaultRead(subject, action);
  // In a template, ARM may put the path together.
  if (!read) return isGetSecret(action.node) ? [`text ${asText(member(action.node, 'inputs', 'path'))}`] : [];
  if (read.collection !== 'secrets' || read.part !== 'value') return [];
  const text = subject.templateAt(read.pointer)?.text;
  return [
    ...(read.name === undefined ? [] : [`name ${read.name.toLowerCase()}`]),
    ...(text === undefined ? [] : [`text ${text}`]),
  ];
}

/** How a certificate leaves with a request, if it does: it belongs into `pfx`, for a sign-in at Entra ID or at the host that is called. */
export function certificateLeak(subject: Subject, { entry }: Arrival): Leak | undefined {
  const { operation, pointer } = entry;
  const request =
    operation && requestsAt(subject, operation.pointer).find(({ members }) => pointer.startsWith(`${members.pointer}/`));
  if (!request) return undefined;
  const { members, host } = request;
  const [part = '', key = ''] = fromPointer(pointer.slice(members.pointer.length)).map((one) => one.toLowerCase());
  const { name } = request.operation;
  if (part === 'authentication') return leakOfSignIn(members.group('authentication'), name, key);
  if (part === 'headers' || part === 'cookie') return sent(name, 'in a header', host);
  return part === 'body' && host !== undefined && !keepsSecrets(host) ? sent(name, 'in the body', host) : undefined;
}

function sent(name: string, where: string, host: string | undefined): Leak {
  return {
    where: `is a certificate with its private key, and "${name}" sends it ${where}${host === undefined ? '' : ` to ${host}`}: who has it signs in with it`,
    step: `"${name}" sends it`,
    help: 'use it as pfx of the authentication alone: only what the key has signed leaves then',
  };
}

function leakOfSignIn(authentication: Members | undefined, name: string, key: string): Leak | undefined {
  const type = asText(authentication?.given('type')?.written);
  // A password opens the certificate here, and goes nowhere.
  if (key === 'password' && !/^basic$/i.test(type)) return undefined;
  if (key !== 'pfx') return sent(name, `as ${key} of its sign-in${type === '' ? '' : ` (${type})`}`, undefined);
  const authority = /^activedirectoryoauth$/i.test(type) ? authentication?.given('authority')?.text : undefined;
  const host = authority === undefined ? undefined : hostOf(authority);
  if (host === undefined || isSignInHost(host)) return undefined;
  return {
    where: `signs in at ${host}, which is no host of Entra ID: what the key signs goes there`,
    step: `"${name}" signs in with it at ${host}`,
    help: `write the authority of the cloud, such as ${clouds.public.authority}, or leave it out`,
  };
}

/** Whether a host takes secrets to keep them: vaults, and Resource Manager. */
export function keepsSecrets(host: string): boolean {
  return Object.values(clouds).some(({ vaultSuffix }) => host.endsWith(`.${vaultSuffix}`)) || /^management\./.test(host);
}
