import { azureAudiences } from '../../../cloud/audiences.ts';
import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';

export const managedIdentity: Rule = {
  name: 'managed-identity',
  severity: 'info',
  category: 'security',
  summary: "An API of Azure itself is called with the workflow's own identity, without a credential",
  check: (subject, report) => {
    // Flows have no identity of their own.
    if (subject.surroundings.host === 'power-automate') return;
    for (const signIn of groupSignIns(subject, 'activedirectoryoauth')) {
      // How a connection signs in is chosen where it is made.
      if (signIn.place === 'connection') continue;
      const audience = signIn.value('audience')?.text;
      if (audience === undefined || !azureAudiences.has(audience.toLowerCase().replace(/\/$/, ''))) continue;
      report({
        pointer: `${signIn.pointer}/type`,
        message: `"${signIn.name}" calls an API that takes the managed identity of the Logic App: in its own tenant it needs no credential`,
        help: 'write "type": "ManagedServiceIdentity" with the same audience, and give the identity its role',
      });
    }
  },
};
