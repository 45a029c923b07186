import { asText } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import type { ActionEntry } from './walk.ts';

/**
 * Members of each type of authentication (in lower case) that hold what must stay secret. Source:
 * docs/facts/sign-in.md#other-types.
 */
export const credentialMembers: Readonly<Record<string, readonly string[]>> = {
  activedirectoryoauth: ['pfx', 'password', 'secret'],
  clientcertificate: ['pfx', 'password'],
  basic: ['password'],
  raw: ['value'],
};

/** The `authentication` of an HTTP action or trigger, as a group; undefined where there is none or an expression stands for it. */
export function authenticationOf(operation: unknown): Readonly<Record<string, unknown>> | undefined {
  const value = member(operation, 'inputs', 'authentication');
  return isObject(value) ? value : undefined;
}

/** Its type in lower case; the service ignores case. */
export function authenticationType(authentication: Readonly<Record<string, unknown>>): string {
  return asText(authentication.type).toLowerCase();
}

/** An action with an `authentication` group. */
export interface AuthenticatedAction {
  readonly entry: ActionEntry;
  readonly authentication: Readonly<Record<string, unknown>>;
  /** In lower case. */
  readonly type: string;
  /** Of the group. */
  readonly pointer: string;
}

/** Every action that signs in by itself, in document order. */
export function listAuthenticatedActions(actions: readonly ActionEntry[]): AuthenticatedAction[] {
  const found: AuthenticatedAction[] = [];
  for (const entry of actions) {
    const authentication = authenticationOf(entry.node);
    if (!authentication) continue;
    found.push({
      entry,
      authentication,
      type: authenticationType(authentication),
      pointer: `${entry.pointer}/inputs/authentication`,
    });
  }
  return found;
}
