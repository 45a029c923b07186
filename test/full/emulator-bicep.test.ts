import { expect, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { bicepCompiler, build, type Resource, type SourceFile, snapshot } from '../bicep.ts';
import { azure, ground, subscription } from '../emulator/azure.ts';
import { emulator } from '../emulator/start.ts';
import { baseSpec, specOf } from '../specs.ts';

const identity = `/subscriptions/${subscription}/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows`;
const { consumption } = baseSpec.targets;

async function deployed(template: Record<string, unknown>, parameters: Record<string, { value: unknown }>) {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  await ground(clients, { isRbac: false, vault: 'kv-old' });
  await clients.resources.resources.createOrUpdateById(identity.slice(1), '2023-01-31', { location: 'westeurope' });
  const { deployments } = clients.deployments;
  await deployments
    .createOrUpdate('rg-flows', 'd', { properties: { mode: 'Incremental', template, parameters } }, { updateIntervalInMs: 1 })
    // The client does not tell why.
    .catch(() => {});
  const { properties } = await deployments.get('rg-flows', 'd');
  expect(properties?.error).toBeUndefined();
  return { clients, outputs: (properties?.outputs ?? {}) as Record<string, { value: unknown }> };
}

test.for<[string, object]>([
  ['a system-assigned identity and a role', {}],
  [
    'a user-assigned identity and tags',
    { targets: { consumption: { ...consumption, managedIdentity: identity, tags: { owner: 'me' } } } },
  ],
  [
    'an access policy and callers',
    {
      vault: { name: 'kv-old', resourceGroup: 'rg-shared', access: 'policy' },
      trigger: { request: { callers: { ipRanges: ['203.0.113.0/24'] } } },
    },
  ],
])('our Bicep files deploy to what the Bicep compiler predicts: %s', async ([_, overrides], context) => {
  const tool = bicepCompiler(context);
  const files = generate(specOf(overrides), { format: 'bicep' });
  const { template, parameters } = await build(tool, files, 'main.bicepparam');
  // Before the emulator starts: while the compiler runs, nothing here answers, and kept connections would end.
  const { resources } = await snapshot(tool, files, 'main.bicepparam');
  const { clients } = await deployed(template, parameters);
  expect(resources.length).toBe(3);
  for (const predicted of resources) {
    if (predicted.type === 'Microsoft.KeyVault/vaults/accessPolicies') {
      const { properties } = await clients.vaults.vaults.get('rg-shared', 'kv-old');
      expect(properties?.accessPolicies).toMatchObject(known(predicted).properties.accessPolicies as object[]);
      continue;
    }
    const id = /roleAssignments/.test(predicted.type) ? await assignmentId(clients, predicted) : predicted.id;
    const made = await clients.resources.resources.getById(id.slice(1), predicted.apiVersion);
    const { id: _id, name: _name, apiVersion, scope, ...contents } = asShown(known(predicted)) as Resource & { scope?: string };
    expect(JSON.parse(JSON.stringify(made))).toMatchObject(contents);
  }
});

async function assignmentId({ authorization }: ReturnType<typeof azure>, { properties }: Resource): Promise<string> {
  const scope = `subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
  const held = [];
  for await (const one of authorization.roleAssignments.listForScope(scope, { filter: 'atScope()' }))
    if (one.roleDefinitionId === properties.roleDefinitionId) held.push(one.id ?? '');
  expect(held).toHaveLength(1);
  return held[0] as string;
}

/** A connection shows in another way which vault it reads, and nothing of how it was told. */
function asShown(resource: Resource): Resource {
  if (resource.type !== 'Microsoft.Web/connections') return resource;
  const { parameterValueType, alternativeParameterValues, customParameterValues, ...properties } = resource.properties;
  return { ...resource, properties: { ...properties, nonSecretParameterValues: alternativeParameterValues } };
}

/** What only Azure can work out stands in a snapshot as an expression; any text takes its place. */
function known(resource: Resource): Resource {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return /^\[.*(guid|reference)\(.*\]$/s.test(value) ? expect.any(String) : value;
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(resource) as Resource;
}

test('functions of templates give what the Bicep compiler gives', async (context) => {
  const tool = bicepCompiler(context);
  const files: SourceFile[] = [
    {
      path: 'main.bicepparam',
      contents:
        "using 'main.bicep'\nparam word = 'Flow'\nparam list = ['a', 'b', 'a']\nparam group = { x: 1, y: { z: 'deep' } }\n",
    },
    { path: 'main.bicep', contents: functionsFile },
  ];
  const { template, parameters } = await build(tool, files, 'main.bicepparam');
  const { outputs } = await deployed(template, parameters);
  const predicted = (await snapshot(tool, files, 'main.bicepparam')).outputs as Record<string, unknown>;
  expect(Object.keys(predicted).length).toBeGreaterThan(30);
  expect(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))).toEqual(values(predicted));
});

function values(outputs: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [name, (output as { value?: unknown }).value ?? output]),
  );
}

const functionsFile = `
param word string
param list array
param group object
param on bool = true

var numbers = [for index in range(0, 3): index * 2]

output aGuid string = guid(word, 'b', subscription().id)
output aFormat string = format('{0}-{1}-{{x}}', word, 7)
output interpolated string = '\${word}/\${list[0]}'
output joined string = join(list, ',')
output parts array = split('a/b/c', '/')
output taken string = take(word, 2)
output takenItems array = take(list, 2)
output lower string = toLower(word)
output upper string = toUpper(word)
output trimmed string = trim('  x ')
output united object = union(group, { y: { w: 2 }, v: null })
output unitedItems array = union(list, ['c'])
output both array = concat(list, ['d'])
output has bool = contains(list, 'b')
output hasWord bool = contains(word, 'lo')
output hasKey bool = contains(group, 'x')
output none bool = empty([])
output firstItem string = first(list)
output lastItem string = last(list)
output count int = length(list)
output starts bool = startsWith(word, 'fl')
output ends bool = endsWith(word, 'ow')
output part string = substring(word, 1, 2)
output replaced string = replace(word, 'o', '0')
output coded string = base64(word)
output decoded string = base64ToString('Rmxvdw==')
output chosen string = on ? 'yes' : 'no'
output fallback string = group.?missing ?? 'none'
output deep string = group.y.z
output same bool = list[0] == list[2]
output negated bool = !on
output all bool = on && length(list) == 3
output any bool = on || empty(list)
output anObject object = { a: word, b: [1, 2] }
output text string = string(group)
output parsed object = json('{"a": [1, null]}')
output number int = int('42')
output uri string = uriComponent('a b/c')
output appId string = resourceId('Microsoft.Web/sites', word)
output otherId string = resourceId('11111111-2222-3333-4444-555555555555', 'rg', 'Microsoft.Web/sites', word)
output childId string = resourceId('Microsoft.Web/sites/config', word, 'web')
output roleId string = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')
output groupName string = resourceGroup().name
output loop array = numbers
`;
