import { readAudience } from '../../../cloud/audiences.ts';
import type { Rule } from '../../rule.ts';

export const audience: Rule = {
  name: 'audience',
  severity: 'warning',
  category: 'correctness',
  summary: 'The audience is the identifier of an API: no scope, no site, no doubled scheme',
  check: (subject, report) => {
    for (const { authentication, pointer } of subject.signIns('activedirectoryoauth')) {
      const text = subject.knownText(authentication.audience, `${pointer}/audience`);
      if (text === undefined || text === '') continue;
      const reading = readAudience(text);
      if ('refused' in reading)
        report({
          pointer: `${pointer}/audience`,
          message: `Entra will not know this audience: ${reading.refused}`,
          help: reading.help,
        });
      // A final slash alone is taken by Graph, and nobody has shown that SharePoint refuses it.
      else if (reading.mended !== undefined && `${reading.audience}/` !== text)
        report({ pointer: `${pointer}/audience`, message: reading.mended, help: `write ${reading.audience}` });
    }
    for (const { authentication, pointer } of subject.signIns('managedserviceidentity')) {
      const text = subject.knownText(authentication.audience, `${pointer}/audience`);
      const reading = text ? readAudience(text) : undefined;
      if (!reading || 'refused' in reading || reading.mended === undefined || `${reading.audience}/` === text) continue;
      report({ pointer: `${pointer}/audience`, message: reading.mended, help: `write ${reading.audience}` });
    }
  },
};
