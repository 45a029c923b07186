import { tenantProblem } from '../../../cloud/tenants.ts';
import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import type { Rule } from '../../rule.ts';
import { listTokenRequests } from '../../token-request.ts';

export const singleTenant: Rule = {
  name: 'single-tenant',
  severity: 'warning',
  category: 'correctness',
  summary: 'The sign-in names one tenant, by its id or a domain',
  check: (subject, report) => {
    for (const { authentication, pointer } of subject.signIns('activedirectoryoauth')) {
      const tenant = subject.knownText(authentication.tenant, `${pointer}/tenant`);
      // Nothing of an authentication block is quoted.
      const problem = tenant ? tenantProblem(tenant, 'the tenant') : undefined;
      if (problem) report({ pointer: `${pointer}/tenant`, ...problem });
    }
    for (const { tenant, uriPointer } of subject.once(listTokenRequests)) {
      const problem = tenant && !isPlaceholder(tenant) ? tenantProblem(tenant, 'the tenant') : undefined;
      if (problem) report({ pointer: uriPointer, ...problem });
    }
  },
};
