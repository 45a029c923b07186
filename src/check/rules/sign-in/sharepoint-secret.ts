import { knownService } from '../../../cloud/clouds.ts';
import { hostCalled, hostOf } from '../../address.ts';
import type { Rule } from '../../rule.ts';
import { listTokenRequests } from '../../token-request.ts';

export const sharePointSecret: Rule = {
  name: 'sharepoint-secret',
  severity: 'warning',
  category: 'correctness',
  summary: 'An application signs in to SharePoint with a certificate: a client secret is refused',
  check: (subject, report) => {
    for (const { authentication, pointer, entry } of subject.signIns('activedirectoryoauth')) {
      const host = hostCalled(subject, entry) ?? hostOf(subject.knownText(authentication.audience, `${pointer}/audience`) ?? '');
      if (!authentication.secret || host === undefined || knownService(host)?.service !== 'sharepoint') continue;
      report({
        pointer: `${pointer}/secret`,
        part: 'key',
        message: `"${entry.name}" signs in to SharePoint with a client secret, and SharePoint takes only tokens that were asked for with a certificate`,
        help: 'sign in with pfx and "password": "" instead of secret',
      });
    }
    for (const { entry, bodyPointer, has, field } of subject.once(listTokenRequests)) {
      const asked = hostOf(field('scope') ?? field('resource') ?? '');
      if (!has('client_secret') || asked === undefined || knownService(asked)?.service !== 'sharepoint') continue;
      report({
        pointer: bodyPointer,
        message: `"${entry.name}" asks for a token for SharePoint with a client secret, and SharePoint takes only tokens that were asked for with a certificate`,
        help: 'leave this action out, and let the call sign in: "type": "ActiveDirectoryOAuth" with pfx and "password": ""',
      });
    }
  },
};
