import { asText } from '../diagnostics/words.ts';
import type { ActionEntry } from './walk.ts';
import { isGroup, member } from './walk.ts';

/** Members of each type of authentication (in lower case) that hold what must stay secret. Source: facts/workflow-definitions.md 2. */
export const credentialMembers: Readonly<Record<string, readonly string[]>> = {
  activedirectoryoauth: ['pfx', 'password', 'secret'],
  clientcertificate: ['pfx', 'password'],
  basic: ['password'],
  raw: ['value'],
};

/** The `authentication` of an HTTP action or trigger, as a group; undefined where there is none or an expression stands for it. */
export function authenticationOf(operation: unknown): Readonly<Record<string, unknown>> | undefined {
  const value = member(operation, 'inputs', 'authentication');
  return isGroup(value) ? value : undefined;
}

/** Its type in lower case; the service ignores case. */
export function authenticationType(authentication: Readonly<Record<string, unknown>>): string {
  return asText(authentication.type).toLowerCase();
}

/** Every action with an `authentication` group of a type (lower case), with the pointer to that group. */
export function actionsSigningIn(actions: readonly ActionEntry[], type: string) {
  return actions.flatMap((entry) => {
    const authentication = authenticationOf(entry.action);
    return authentication && authenticationType(authentication) === type
      ? [{ entry, authentication, pointer: `${entry.pointer}/inputs/authentication` }]
      : [];
  });
}
