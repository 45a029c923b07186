import { knownService } from '../../../cloud/clouds.ts';
import { asText } from '../../../diagnostics/words.ts';
import { member } from '../../../json/member.ts';
import { hostCalled } from '../../address.ts';
import type { Rule } from '../../rule.ts';

const names = { graph: 'Microsoft Graph', sharepoint: 'SharePoint' } as const;

export const throttledWithoutRetry: Rule = {
  name: 'throttled-without-retry',
  severity: 'info',
  category: 'correctness',
  summary: 'Calls of SharePoint and Microsoft Graph, which throttle, are tried again',
  check: (subject, report) => {
    for (const action of subject.actionsOfType('http')) {
      if (asText(member(action.node, 'inputs', 'retryPolicy', 'type')).toLowerCase() !== 'none') continue;
      const host = hostCalled(subject, action);
      const service = host === undefined ? undefined : knownService(host)?.service;
      if (!service) continue;
      report({
        pointer: `${action.pointer}/inputs/retryPolicy/type`,
        message: `"${action.name}" calls ${names[service]}, which answers 429 when it is asked too often, and is not tried again`,
        help: 'leave retryPolicy out (four tries more, at growing intervals), or write "exponential"',
      });
    }
  },
};
