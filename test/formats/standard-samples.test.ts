import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { corpusLines, sharedFolder } from '../shared.ts';
import { specOf } from '../specs.ts';

/** Keys that we write and that neither Microsoft's samples nor the corpus have, and why. One that they have, or that we no longer write, must go. */
const deviations: Readonly<Record<string, string>> = {
  'ApiConnection.runtimeConfiguration.secureData':
    'the reason why the samples are not enough (docs/facts/run-history.md#hiding-inputs-and-outputs)',
  'ApiConnection.runtimeConfiguration.secureData.properties': 'goes with it',
  'ServiceProvider.runtimeConfiguration.secureData': 'the same for the built-in connector',
  'ServiceProvider.runtimeConfiguration.secureData.properties': 'goes with it',
  'managedApiConnections.*.authentication.identity':
    'a user-assigned identity, as connectionProperties have it (docs/facts/key-vault.md#standard)',
  'serviceProviderConnections.*.parameterValues.authProvider.Identity':
    'a user-assigned identity: the name follows the other built-in connectors (docs/facts/key-vault.md#standard)',
  'ServiceProvider.inputs.parameters.version': 'of the operation getSecretVersion (docs/facts/key-vault.md#standard)',
};

type Group = Record<string, unknown>;

const identity =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows';
const standard = {
  subscription: '33333333-3333-3333-3333-333333333333',
  resourceGroup: 'rg-flows',
  location: 'westeurope',
  site: 'logic-contoso',
};

/** Every key of a value, with the keys above it; names that people give are `*`. */
function keys(value: unknown, named: number, above = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const path = `${above}${above && '.'}${named === 0 ? '*' : key}`;
    return [path, ...keys(member, named - 1, path)];
  });
}

const keysOfConnections = (connections: unknown) => keys(connections, 1);
const keysOfParameters = (parameters: unknown) => keys(parameters, 0).map((path) => `parameters.${path}`);
const keysOfActions = (definition: Group) =>
  Object.values((definition.actions ?? {}) as Group).flatMap((action) => {
    const { type } = (action ?? {}) as { type?: string };
    // Inputs of an HTTP action are the same on every host, and are the user's.
    return type === 'ServiceProvider' || type === 'ApiConnection' ? keys(action, -1).map((path) => `${type}.${path}`) : [];
  });

/** What all the variants of a project have. */
function written(): Set<string> {
  const found = new Set<string>();
  for (const managedIdentity of ['systemAssigned', identity])
    for (const keyVaultConnector of ['builtIn', 'managed'])
      for (const certificate of [{ name: 'c' }, { name: 'c', version: 'a'.repeat(32) }]) {
        const spec = specOf({ certificate, targets: { standard: { ...standard, managedIdentity, keyVaultConnector } } });
        const files = generate(spec, { format: 'standard-project' });
        const json = (path: string) => JSON.parse(String(files.find((file) => file.path === `project/${path}`)?.contents));
        const workflow = json('hr-lists/workflow.json');
        for (const key of [
          ...keysOfConnections(json('connections.json')),
          ...keysOfParameters(json('parameters.json')),
          ...keysOfActions(workflow.definition),
          ...Object.keys(workflow.definition).map((key) => `definition.${key}`),
        ])
          found.add(key);
      }
  return found;
}

/** What Microsoft's samples and the corpus have. */
function seen(context: TestContext): Set<string> {
  const found = new Set<string>();
  const add = (list: readonly string[]) => {
    for (const key of list) found.add(key);
  };
  const samples = join(sharedFolder(context), 'reference', 'standard-samples');
  for (const file of globSync('*.json', { cwd: samples })) {
    const value = JSON.parse(readFileSync(join(samples, file), 'utf8').replace(/^\uFEFF/, '')) as Group;
    if (value.definition) add(keysOfActions(value.definition as Group));
    else add(keysOfConnections(value));
  }
  for (const { definition, parameters, connectionReferences } of corpusLines<{
    definition: Group;
    parameters?: Group;
    connectionReferences?: Group;
  }>(context, 'workflows/standard.jsonl.gz')) {
    add(keysOfActions(definition));
    add(Object.keys(definition).map((key) => `definition.${key}`));
    add(keysOfConnections(connectionReferences));
    add(keysOfParameters(parameters));
  }
  return found;
}

test("every key of a project stands in Microsoft's samples or in the corpus, but for the listed deviations", (context) => {
  const known = seen(context);
  const unknown = [...written()].filter((key) => !known.has(key));
  expect(unknown.sort()).toEqual(Object.keys(deviations).sort());
});
