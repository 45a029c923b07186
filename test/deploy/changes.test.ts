import { expect, test } from 'vitest';
import type { ForeseenChange, PropertyChange } from '../../src/azure/deployments.ts';
import { toChanges } from '../../src/deploy/changes.ts';

const group = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-flows/providers';
const workflow = `${group}/Microsoft.Logic/workflows/hr-lists`;
const connection = `${group}/Microsoft.Web/connections/keyvault-kv`;

function modified(resourceId: string, ...properties: PropertyChange[]): ForeseenChange[] {
  return [{ resourceId, kind: 'Modify', properties }];
}

const change = (path: string, before: unknown, after: unknown, kind: PropertyChange['kind'] = 'Modify'): PropertyChange => ({
  path,
  kind,
  before,
  after,
  children: [],
});

test('what is made, what stays, and what nobody can tell', () => {
  expect(
    toChanges([
      { resourceId: connection, kind: 'Create', properties: [] },
      { resourceId: workflow, kind: 'NoChange', properties: [] },
      { resourceId: workflow, kind: 'Unsupported', properties: [] },
      { resourceId: workflow, kind: 'Deploy', properties: [] },
    ]).map(({ action, what, name }) => `${action} ${what} ${name}`),
  ).toEqual([
    'create Key Vault connection keyvault-kv',
    'none Logic App hr-lists',
    'unknown Logic App hr-lists',
    'unknown Logic App hr-lists',
  ]);
});

test('changes within are told by their whole path, items of lists by their index', () => {
  const tree: PropertyChange = {
    path: 'properties.definition.triggers',
    kind: 'Modify',
    children: [
      { path: 'Recurrence.recurrence.schedule.hours', kind: 'Array', children: [change('1', 6, 7)] },
      change('Recurrence.recurrence.interval', 1, 2),
    ],
  };
  expect(toChanges(modified(workflow, tree))).toEqual([
    {
      action: 'change',
      what: 'Logic App',
      name: 'hr-lists',
      properties: [
        { path: 'properties.definition.triggers.Recurrence.recurrence.schedule.hours.1', before: 6, after: 7, isHidden: false },
        { path: 'properties.definition.triggers.Recurrence.recurrence.interval', before: 1, after: 2, isHidden: false },
      ],
    },
  ]);
});

test("Azure's own noise is left out: what only the service writes, what it never shows, other spellings of an id, nothing for nothing", () => {
  const noise = [
    ...modified(
      workflow,
      change('identity.principalId', 'a', undefined, 'Delete'),
      change('properties.provisioningState', 'Succeeded', undefined, 'Delete'),
      change('properties.version', '08585', undefined, 'Delete'),
      change('properties.accessEndpoint', 'https://x', undefined, 'Delete'),
      change('properties.endpointsConfiguration', { workflow: {} }, undefined, 'Delete'),
      change('properties.parameters.tenantId.type', 'String', undefined, 'Delete'),
      change(
        'properties.parameters.$connections.value.keyvault.connectionId',
        `${group}/microsoft.web/CONNECTIONS/k`,
        `${group}/Microsoft.Web/connections/k`,
      ),
      change('tags', undefined, {}, 'Create'),
      change('properties.definition.actions.Get_lists', { a: 1 }, { a: 2 }, 'NoEffect'),
    ),
    ...modified(
      connection,
      change('properties.statuses', [{ status: 'Ready' }], undefined, 'Delete'),
      change('properties.api.displayName', 'Azure Key Vault', undefined, 'Delete'),
      change('properties.parameterValueType', undefined, 'Alternative', 'Create'),
      change('properties.alternativeParameterValues', undefined, { vaultName: 'kv' }, 'Create'),
      change('kind', undefined, 'V1', 'Create'),
    ),
  ];
  expect(toChanges(noise).map(({ action }) => action)).toEqual(['none', 'none']);
});

test('beside the noise, a real change is seen: another vault of a connection, an identity that goes, a workflow that was disabled', () => {
  const [first] = toChanges(modified(connection, change('properties.alternativeParameterValues.vaultName', 'kv-old', 'kv-new')));
  expect(first).toMatchObject({ action: 'change', properties: [{ before: 'kv-old', after: 'kv-new' }] });
  const [second] = toChanges(
    modified(
      workflow,
      change('identity.type', 'SystemAssigned', 'UserAssigned'),
      change('properties.state', 'Disabled', 'Enabled'),
    ),
  );
  expect(second?.properties.map(({ path }) => path)).toEqual(['identity.type', 'properties.state']);
});

test('how somebody signs in is not shown, only that it changes', () => {
  const [one] = toChanges(
    modified(workflow, change('properties.definition.actions.Get_lists.inputs.authentication.pfx', 'canary-1', 'canary-2')),
  );
  expect(one?.properties[0]?.isHidden).toBe(true);
});

test('other resources of the group, the access to the vault and deployments inside are not in the list', () => {
  expect(
    toChanges([
      { resourceId: `${group}/Microsoft.Storage/storageAccounts/other`, kind: 'Ignore', properties: [] },
      { resourceId: workflow.replace('hr-lists', 'another'), kind: 'Ignore', properties: [] },
      { resourceId: `${group}/Microsoft.Resources/deployments/hr-lists-vault-access`, kind: 'Unsupported', properties: [] },
    ]),
  ).toEqual([]);
});
