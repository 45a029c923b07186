import { knownService } from '../../../cloud/clouds.ts';
import { hostCalled } from '../../address.ts';
import type { Rule } from '../../rule.ts';

const names = { sharepoint: 'SharePoint', graph: 'Microsoft Graph' };

export const clientCertificateHost: Rule = {
  name: 'client-certificate-host',
  severity: 'warning',
  category: 'correctness',
  summary: 'SharePoint and Microsoft Graph are called with a token, not with a client certificate of TLS',
  check: (subject, report) => {
    for (const { pointer, entry } of subject.signIns('clientcertificate')) {
      const host = hostCalled(subject, entry);
      const service = host === undefined ? undefined : knownService(host)?.service;
      if (!service) continue;
      report({
        pointer: `${pointer}/type`,
        message: `"${entry.name}" shows its certificate to ${names[service]} itself, which looks at tokens only: the answer is 401`,
        help: `write "type": "ActiveDirectoryOAuth" with the same pfx, tenant, clientId and "audience": "https://${host}"`,
      });
    }
  },
};
