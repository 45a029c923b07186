import { expect, test } from 'vitest';
import { tenantProblem } from '../../src/cloud/tenants.ts';

test.each(['11111111-1111-1111-1111-111111111111', 'contoso.onmicrosoft.com', 'Contoso.com', 'xn--bcher-kva.example'])(
  '%s is a tenant',
  (text) => {
    expect(tenantProblem(text)).toBeUndefined();
  },
);

test.each(['common', 'Organizations', 'consumers'])('%s is no single tenant', (text) => {
  expect(tenantProblem(text)?.message).toContain('no single tenant');
});

test.each(['contoso', '1111', 'contoso.', 'https://contoso.com', 'con toso.com', `${'a.'.repeat(200)}com`])(
  '"%s" is no tenant',
  (text) => {
    expect(tenantProblem(text)?.message).toContain('neither');
  },
);
