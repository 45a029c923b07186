import { tenantProblem } from '../../../cloud/tenants.ts';
import type { Rule } from '../../rule.ts';
import { applicationSignIns } from '../../sign-ins/sign-ins.ts';

export const singleTenant: Rule = {
  name: 'single-tenant',
  severity: 'warning',
  category: 'correctness',
  summary: 'The sign-in names one tenant, by its id or a domain',
  check: (subject, report) => {
    for (const signIn of applicationSignIns(subject)) {
      const tenant = signIn.value('tenant');
      // Nothing of an authentication block is quoted.
      const problem = tenant?.text ? tenantProblem(tenant.text, 'the tenant') : undefined;
      if (tenant && problem) report({ pointer: tenant.pointer, in: signIn.in, ...problem });
    }
  },
};
