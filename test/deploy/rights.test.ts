import { expect, test } from 'vitest';
import { allows, neededRights } from '../../src/deploy/rights.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { specOf } from '../specs.ts';

test('permissions allow an action by pattern, less what they take out again', () => {
  const contributor = {
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/elevateAccess/Action'],
  };
  const logicAppContributor = { actions: ['Microsoft.Logic/*', 'Microsoft.Resources/deployments/*', '*/read'], notActions: [] };
  expect(allows([contributor], 'Microsoft.Logic/workflows/write')).toBe(true);
  expect(allows([contributor], 'Microsoft.Authorization/roleAssignments/write')).toBe(false);
  expect(allows([logicAppContributor], 'Microsoft.Authorization/roleAssignments/read')).toBe(true);
  expect(allows([logicAppContributor], 'Microsoft.Web/connections/write')).toBe(false);
  // What one role takes out, another may give.
  expect(
    allows(
      [contributor, { actions: ['Microsoft.Authorization/roleAssignments/*'], notActions: [] }],
      'Microsoft.Authorization/roleAssignments/write',
    ),
  ).toBe(true);
  expect(allows([], 'Microsoft.Logic/workflows/read')).toBe(false);
});

test('what is needed on the vault follows from how it lets people in', () => {
  const onVault = (overrides: object) =>
    neededRights(targetOf(specOf(overrides), undefined), true).flatMap(({ action, resourceGroup }) =>
      resourceGroup === 'rg-shared' ? [action] : [],
    );
  expect(onVault({})).toContain('Microsoft.Authorization/roleAssignments/write');
  expect(onVault({ vault: { name: 'kv-old', resourceGroup: 'rg-shared', access: 'policy' } })).toContain(
    'Microsoft.KeyVault/vaults/accessPolicies/write',
  );
  const { consumption } = specOf({}).environments.get('')?.targets ?? {};
  expect(onVault({ targets: { consumption: { ...consumption, assignVaultRole: false } } })).toEqual([]);
});
