import { expect, test } from 'vitest';
import { renameParameters } from '../../src/workflow/rename-parameters.ts';

const names = new Map([['tenantid', "Tenant's id (cto_Tenant)"]]);

test.each([
  ["@parameters('tenantId')", "@parameters('Tenant''s id (cto_Tenant)')"],
  ["@Parameters( 'TENANTID' )", "@Parameters( 'Tenant''s id (cto_Tenant)' )"],
  [
    "a@{parameters('tenantId')}b@{concat(parameters('x'), parameters('tenantId'))}",
    "a@{parameters('Tenant''s id (cto_Tenant)')}b@{concat(parameters('x'), parameters('Tenant''s id (cto_Tenant)'))}",
  ],
  ["@variables('tenantId')", "@variables('tenantId')"],
  ["@parameters(concat('tenant', 'Id'))", "@parameters(concat('tenant', 'Id'))"],
  ["@@parameters('tenantId')", "@@parameters('tenantId')"],
  ["parameters('tenantId')", "parameters('tenantId')"],
  ["@parameters('tenantId'", "@parameters('tenantId'"],
])('%s', (text, renamed) => {
  expect(renameParameters({ deep: [text, 1, null], "@parameters('tenantId')": true }, names)).toEqual({
    deep: [renamed, 1, null],
    "@parameters('tenantId')": true,
  });
});
