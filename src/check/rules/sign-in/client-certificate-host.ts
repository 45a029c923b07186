import { knownService } from '../../../cloud/clouds.ts';
import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';

const names = { sharepoint: 'SharePoint', graph: 'Microsoft Graph' };

export const clientCertificateHost: Rule = {
  name: 'client-certificate-host',
  severity: 'warning',
  category: 'correctness',
  summary: 'SharePoint and Microsoft Graph are called with a token, not with a client certificate of TLS',
  check: (subject, report) => {
    for (const { pointer, name, host } of groupSignIns(subject, 'clientcertificate')) {
      const service = host === undefined ? undefined : knownService(host)?.service;
      if (!service) continue;
      report({
        pointer: `${pointer}/type`,
        message: `"${name}" shows its certificate to ${names[service]} itself, which looks at tokens only: the answer is 401`,
        help: `write "type": "ActiveDirectoryOAuth" with the same pfx, tenant, clientId and "audience": "https://${host}"`,
      });
    }
  },
};
