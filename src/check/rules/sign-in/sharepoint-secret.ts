import { knownService } from '../../../cloud/clouds.ts';
import { hostCalled } from '../../address.ts';
import type { Rule } from '../../rule.ts';

export const sharePointSecret: Rule = {
  name: 'sharepoint-secret',
  severity: 'warning',
  category: 'correctness',
  summary: 'An application signs in to SharePoint with a certificate: a client secret is refused',
  check: (subject, report) => {
    for (const { authentication, pointer, entry } of subject.signIns('activedirectoryoauth')) {
      const host = hostCalled(subject, entry);
      if (!authentication.secret || host === undefined || knownService(host)?.service !== 'sharepoint') continue;
      report({
        pointer: `${pointer}/secret`,
        part: 'key',
        message: `"${entry.name}" signs in to SharePoint with a client secret, and SharePoint takes only tokens that were asked for with a certificate`,
        help: 'sign in with pfx and "password": "" instead of secret',
      });
    }
  },
};
