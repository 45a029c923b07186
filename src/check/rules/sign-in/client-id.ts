import { clientIdProblem } from '../../../cloud/client-ids.ts';
import type { Rule } from '../../rule.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';

export const clientId: Rule = {
  name: 'client-id',
  severity: 'warning',
  category: 'correctness',
  summary: 'The client id is a GUID, with nothing around it',
  check: (subject, report) => {
    for (const signIn of signInsOf(subject)) {
      if (signIn.type !== 'activedirectoryoauth') continue;
      const id = signIn.value('clientId');
      const problem = id?.text ? clientIdProblem(id.text) : undefined;
      if (id && problem) report({ pointer: id.pointer, in: signIn.in, ...problem });
    }
  },
};
