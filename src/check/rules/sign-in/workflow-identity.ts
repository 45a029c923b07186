import { asText } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import { connectionsValue } from '../../connection-parameters.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const workflowIdentity: Rule = {
  name: 'workflow-identity',
  severity: 'error',
  category: 'correctness',
  summary: 'The resource of a workflow has the managed identity that its actions and connections sign in with',
  check: (subject, report) => {
    const kinds = identityKinds(subject);
    if (kinds === undefined) return;
    // Templates of older versions are published and deployed so, and the identity is turned on afterwards.
    const severity = (subject.literal(subject.surroundings.apiVersion) ?? '') >= '2019-05-01' ? 'error' : 'warning';
    for (const { who, authentication, place } of identityUses(subject)) {
      const named = namedIdentity(authentication.identity, subject);
      const pointer = (key: 'type' | 'identity') => ({ ...place, pointer: `${place.pointer}/${key}` });
      if (kinds.length === 0)
        report({
          ...pointer('type'),
          severity,
          message: `${who} signs in with the managed identity of the workflow, and its resource has none`,
          help: 'write "identity": { "type": "SystemAssigned" } beside the type of the resource, and give the identity its role',
        });
      else if (named === 'system' && !kinds.includes('systemassigned'))
        report({
          ...pointer('type'),
          severity,
          message: `${who} names no identity, and the workflow has no system-assigned one`,
          help: 'write the id of the user-assigned identity: "identity": "…" beside this type',
        });
      else if (named === 'user' && !kinds.includes('userassigned'))
        report({
          ...pointer('identity'),
          message: `${who} names a user-assigned identity, and the workflow has only the system-assigned one`,
          // The refusal that was seen is of the other way round.
          severity: 'warning',
          help: 'leave "identity" out here, or give the identity to the resource: "type": "UserAssigned" with userAssignedIdentities',
        });
    }
  },
};

/** The kinds of identity that the resource has, in lower case; undefined where that is not known. */
function identityKinds(subject: Subject): readonly string[] | undefined {
  const { identity } = subject.surroundings;
  if (identity === undefined || subject.isOpen(identity)) return undefined;
  const type = member(identity, 'type');
  if (type === undefined || type === null) return [];
  return subject
    .literal(type)
    ?.toLowerCase()
    .split(/[,\s]+/)
    .filter((kind) => kind !== 'none');
}

interface IdentityUse {
  /** As a message names it. */
  readonly who: string;
  readonly authentication: Readonly<Record<string, unknown>>;
  /** Of the authentication. */
  readonly place: Pick<Finding, 'pointer' | 'in' | 'about'>;
}

/** What signs in with the identity of the workflow. */
function identityUses(subject: Subject): IdentityUse[] {
  const found: IdentityUse[] = subject
    .signIns('managedserviceidentity')
    .map(({ entry, authentication, pointer }) => ({ who: `"${entry.name}"`, authentication, place: { pointer } }));
  for (const [name, connection] of Object.entries(connectionsValue(subject) ?? {})) {
    const authentication = member(connection, 'connectionProperties', 'authentication');
    if (!isObject(authentication) || !/^managedserviceidentity$/i.test(asText(authentication.type))) continue;
    const pointer = `/$connections/value${pointerStep(name)}/connectionProperties/authentication`;
    found.push({ who: `the connection "${name}"`, authentication, place: { pointer, in: 'parameters', about: { found: name } } });
  }
  return found;
}

/** Which identity an authentication names; undefined where that is not known. The word SystemAssigned is one that older samples have. */
function namedIdentity(identity: unknown, subject: Subject): 'system' | 'user' | undefined {
  if (identity === undefined || identity === null || identity === '') return 'system';
  if (/^systemassigned$/i.test(asText(identity))) return 'system';
  return subject.literal(identity) === undefined ? undefined : 'user';
}
