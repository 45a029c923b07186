import { clientIdProblem } from '../../../cloud/client-ids.ts';
import type { Rule } from '../../rule.ts';
import { listTokenRequests } from '../../token-request.ts';

export const clientId: Rule = {
  name: 'client-id',
  severity: 'warning',
  category: 'correctness',
  summary: 'The client id is a GUID, with nothing around it',
  check: (subject, report) => {
    for (const { authentication, pointer } of subject.signIns('activedirectoryoauth')) {
      const text = subject.knownText(authentication.clientId, `${pointer}/clientId`);
      const problem = text ? clientIdProblem(text) : undefined;
      if (problem) report({ pointer: `${pointer}/clientId`, ...problem });
    }
    for (const request of subject.once(listTokenRequests)) {
      const text = request.field('client_id');
      const problem = text ? clientIdProblem(text) : undefined;
      if (problem) report({ pointer: request.bodyPointer, ...problem });
    }
  },
};
