import { knownService } from '../../../cloud/clouds.ts';
import type { Rule } from '../../rule.ts';
import { requestsOf } from '../../sign-ins/requests.ts';

const names = { graph: 'Microsoft Graph', sharepoint: 'SharePoint' } as const;

export const throttledWithoutRetry: Rule = {
  name: 'throttled-without-retry',
  severity: 'info',
  category: 'correctness',
  summary: 'Calls of SharePoint and Microsoft Graph, which throttle, are tried again',
  check: (subject, report) => {
    for (const { operation, members, host } of requestsOf(subject)) {
      const type = members.group('retryPolicy')?.given('type');
      if (type?.literal?.toLowerCase() !== 'none') continue;
      const service = host === undefined ? undefined : knownService(host)?.service;
      if (!service) continue;
      report({
        pointer: type.pointer,
        message: `"${operation.name}" calls ${names[service]}, which answers 429 when it is asked too often, and is not tried again`,
        help: 'leave retryPolicy out (four tries more, at growing intervals), or write "exponential"',
      });
    }
  },
};
