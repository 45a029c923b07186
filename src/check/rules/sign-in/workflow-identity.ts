import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import type { Given } from '../../sign-ins/members.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';
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
    for (const signIn of groupSignIns(subject, 'managedserviceidentity')) {
      const { name, place } = signIn;
      const who = place === 'connection' ? `the connection "${name}"` : `"${name}"`;
      const named = namedIdentity(signIn.value('identity'));
      const about = place === 'connection' ? { found: name } : undefined;
      const at = (key: 'type' | 'identity') => ({ pointer: `${signIn.pointer}/${key}`, in: signIn.in, about });
      if (kinds.length === 0)
        report({
          ...at('type'),
          severity,
          message: `${who} signs in with the managed identity of the workflow, and its resource has none`,
          help: 'write "identity": { "type": "SystemAssigned" } beside the type of the resource, and give the identity its role',
        });
      else if (named === 'system' && !kinds.includes('systemassigned'))
        report({
          ...at('type'),
          severity,
          message: `${who} names no identity, and the workflow has no system-assigned one`,
          help: 'write the id of the user-assigned identity: "identity": "…" beside this type',
        });
      else if (named === 'user' && !kinds.includes('userassigned'))
        report({
          ...at('identity'),
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

/** Which identity an authentication names; undefined where that is not known. The word SystemAssigned is one that older samples have. */
function namedIdentity(identity: Given | undefined): 'system' | 'user' | undefined {
  if (!identity?.written || /^systemassigned$/i.test(identity.text ?? '')) return 'system';
  return identity.text === undefined ? undefined : 'user';
}
