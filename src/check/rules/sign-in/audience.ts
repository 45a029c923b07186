import { readAudience } from '../../../cloud/audiences.ts';
import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';

export const audience: Rule = {
  name: 'audience',
  severity: 'warning',
  category: 'correctness',
  summary: 'The audience is the identifier of an API: no scope, no site, no doubled scheme',
  check: (subject, report) => {
    for (const signIn of groupSignIns(subject, 'activedirectoryoauth', 'managedserviceidentity')) {
      const { pointer = '', text } = signIn.value('audience') ?? {};
      if (text === undefined || text === '') continue;
      const reading = readAudience(text);
      const place = { pointer, in: signIn.in };
      if ('refused' in reading) {
        if (signIn.type === 'activedirectoryoauth')
          report({ ...place, message: `Entra will not know this audience: ${reading.refused}`, help: reading.help });
      }
      // A final slash alone is taken by Graph, and nobody has shown that SharePoint refuses it.
      else if (reading.mended !== undefined && `${reading.audience}/` !== text)
        report({ ...place, message: reading.mended, help: `write ${reading.audience}` });
    }
  },
};
