import { audienceOfAddress } from '../../../cloud/audiences.ts';
import { hostCalled, hostOf } from '../../address.ts';
import type { Rule } from '../../rule.ts';

export const audienceHost: Rule = {
  name: 'audience-host',
  severity: 'warning',
  category: 'correctness',
  summary: 'A call to SharePoint or Microsoft Graph has the audience of the host that it calls',
  check: (subject, report) => {
    for (const type of ['activedirectoryoauth', 'managedserviceidentity']) {
      for (const { authentication, pointer, entry } of subject.signIns(type)) {
        const host = hostCalled(subject, entry);
        const expected = host === undefined ? undefined : audienceOfAddress(`https://${host}`);
        const audience = subject.knownText(authentication.audience, `${pointer}/audience`);
        if (expected === undefined || audience === undefined) continue;
        // An API can be named by its id too, and by names that only its owner knows.
        const named = hostOf(audience);
        if (named === undefined || named === host || !/^https?:/i.test(audience)) continue;
        report({
          pointer: `${pointer}/audience`,
          message: `"${entry.name}" calls ${host} with a token for another host: the answer is 401`,
          help: `write ${expected}`,
        });
      }
    }
  },
};
