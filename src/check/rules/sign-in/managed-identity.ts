import { azureAudiences } from '../../../cloud/audiences.ts';
import type { Rule } from '../../rule.ts';

export const managedIdentity: Rule = {
  name: 'managed-identity',
  severity: 'info',
  category: 'security',
  summary: "An API of Azure itself is called with the workflow's own identity, without a credential",
  check: (subject, report) => {
    // Flows have no identity of their own.
    if (subject.surroundings.host === 'power-automate') return;
    for (const { authentication, pointer, entry } of subject.signIns('activedirectoryoauth')) {
      const audience = subject.knownText(authentication.audience, `${pointer}/audience`);
      if (audience === undefined || !azureAudiences.has(audience.toLowerCase().replace(/\/$/, ''))) continue;
      report({
        pointer: `${pointer}/type`,
        message: `"${entry.name}" calls an API that takes the managed identity of the Logic App: in its own tenant it needs no credential`,
        help: 'write "type": "ManagedServiceIdentity" with the same audience, and give the identity its role',
      });
    }
  },
};
