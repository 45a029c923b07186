import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Infrastructure, Resource } from '../../src/infrastructure/model.ts';
import { knownOf, resolve } from '../../src/infrastructure/resolve.ts';
import {
  Computed,
  concatenation,
  idOf,
  inSubscription,
  parameter,
  propertyOf,
  surroundings,
  type Value,
} from '../../src/infrastructure/value.ts';
import { bicepCompiler } from '../bicep.ts';
import { trickyText } from '../workflow/arbitrary-spec.ts';
import { compiled, printerNames } from './printers.ts';

const storage: Resource = { kind: 'resource', symbol: 'storage', type: 'Microsoft.Storage/storageAccounts', name: 'stcontoso' };
const site: Resource = { kind: 'resource', symbol: 'site', type: 'Microsoft.Web/sites', name: parameter('text') };
const settings: Resource = {
  kind: 'resource',
  symbol: 'settings',
  type: 'Microsoft.Web/sites/config',
  name: 'appsettings',
  parent: site,
};

/** A value of each kind, by what it is. */
const kinds: Readonly<Record<string, Value>> = {
  text: "it's [here] ${x} \\ \n {0}",
  bracketed: '[parameters()]',
  number: 5,
  boolean: true,
  null: null,
  list: ['a', ['b'], { c: '[d]' }],
  object: { true: 1, "it's": '[x]', '${y}': { '[z]': [] }, empty: {} },
  parameter: parameter('text'),
  objectParameter: parameter('labels'),
  id: idOf(storage),
  childId: idOf(settings),
  property: propertyOf(site, 'properties', 'defaultHostName'),
  ofWhole: propertyOf(site, 'identity', 'principalId'),
  accessKey: new Computed({ kind: 'accessKey', of: storage }),
  listed: new Computed({ kind: 'listed', of: settings }),
  concatenation: concatenation(["{0} isn't ", parameter('text'), ' ${x} {', surroundings('storageSuffix'), '}']),
  shortened: concatenation([parameter('text'), '-and more'], 9),
  union: new Computed({ kind: 'union', of: [parameter('labels'), { more: [true, null, 5, "it's"] }] }),
  lowerCase: new Computed({ kind: 'lowerCase', of: parameter('text') }),
  guid: new Computed({ kind: 'guid', of: [idOf(storage), parameter('text'), 'x'] }),
  inSubscription: inSubscription('Microsoft.Web/locations/managedApis', parameter('text'), 'keyvault'),
  tenantId: surroundings('tenantId'),
  subscriptionId: surroundings('subscriptionId'),
  resourceGroup: surroundings('resourceGroup'),
  resourceManager: surroundings('resourceManager'),
  document: new Computed({ kind: 'document', path: 'document.json', json: { '[a]': '[b]', c: ["it's", '${d}', null] } }),
};

/** A deployment that sets the values as properties of a resource. */
function modelOf(values: Readonly<Record<string, Value>>): Infrastructure & { target: typeof target } {
  return {
    target,
    parameters: [
      { name: 'text', type: 'string', description: "whose [text] it's", value: "Text's [own] ${part}" },
      { name: 'labels', type: 'object', description: '', default: {}, value: { owner: '[me]' } },
    ],
    existing: [storage, site, settings],
    deployed: [
      {
        kind: 'resource',
        symbol: 'workflow',
        type: 'Microsoft.Logic/workflows',
        name: 'all',
        members: { location: 'westeurope', properties: { definition: values } },
      },
    ],
    outputs: {},
  };
}

const target = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows' };

test('a value of every kind comes to the same by every printer, and is what the model knows of it', async (context) => {
  const compiler = bicepCompiler(context);
  const model = modelOf(kinds);
  const outputs = [];
  for (const printer of printerNames) {
    const { resources, findings } = await compiled(compiler, printer, model);
    expect(findings).toEqual([]);
    outputs.push(resources[0]?.properties.definition as Record<string, unknown>);
  }
  for (const output of outputs) expect(output).toEqual(outputs[0]);
  for (const [name, value] of Object.entries(kinds)) {
    const known = resolve(value, knownOf(model));
    if (known !== undefined) expect(outputs[0]?.[name], name).toEqual(known);
    else expect(outputs[0]?.[name], name).toBeTruthy();
  }
});

test('any text comes through every printer as it is, as a value, a name, a part of a text', async (context) => {
  const compiler = bicepCompiler(context);
  const texts = fc.sample(trickyText, { numRuns: 60, seed: 11 }).map((text) => text.replaceAll('\0', ''));
  const values = {
    texts,
    named: Object.fromEntries(texts.map((text, index) => [text, index])),
    // Resource Manager's parser reads two quotes in a text of an expression as one; certflow's own texts there have none.
    joined: texts.filter((text) => !text.includes("''")).map((text) => concatenation([text, parameter('text'), text])),
  };
  const model = modelOf(values);
  for (const printer of printerNames) {
    const { resources } = await compiled(compiler, printer, model);
    expect(resources[0]?.properties.definition).toEqual(resolve(values, knownOf(model)));
  }
});
