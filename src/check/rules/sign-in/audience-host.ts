import { audienceOfAddress } from '../../../cloud/audiences.ts';
import { hostOf } from '../../address.ts';
import type { Rule } from '../../rule.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';

export const audienceHost: Rule = {
  name: 'audience-host',
  severity: 'warning',
  category: 'correctness',
  summary: 'A call to SharePoint or Microsoft Graph has the audience of the host that it calls',
  check: (subject, report) => {
    for (const signIn of signInsOf(subject)) {
      const { way, type, host, name } = signIn;
      if (way === 'token-request' || (way === 'group' && type !== 'activedirectoryoauth' && type !== 'managedserviceidentity'))
        continue;
      const expected = host === undefined ? undefined : audienceOfAddress(`https://${host}`);
      const audience = (way === 'header' ? signIn.token : signIn).value('audience');
      if (expected === undefined || audience?.text === undefined) continue;
      // An API can be named by its id too, and by names that only its owner knows.
      const named = hostOf(audience.text);
      if (named === undefined || named === host || !/^https?:/i.test(audience.text)) continue;
      if (way === 'header')
        report({
          pointer: signIn.pointer,
          message: `"${name}" calls ${host} with the token of "${signIn.token.name}", which is for another host: the answer is 401`,
          about: { found: signIn.token.name },
          help: `ask for a token for ${expected}`,
        });
      else
        report({
          pointer: audience.pointer,
          in: signIn.in,
          message: `"${name}" calls ${host} with a token for another host: the answer is 401`,
          help: `write ${expected}`,
        });
    }
  },
};
