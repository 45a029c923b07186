import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Environment, generate, loadSpec, parseSpec, SpecError } from '../../src/index.ts';
import { folderOf, plainDefinition } from '../folder.ts';

const hidden = { runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
const parameters = {
  $connections: { type: 'Object', defaultValue: {} },
  home: { type: 'String', defaultValue: 'old.example' },
  app: { type: 'String' },
  api: { type: 'String', defaultValue: 'https://contoso.sharepoint.com' },
  cert: { type: 'String', defaultValue: 'old-cert' },
  own: { type: 'String', defaultValue: 'mine' },
};
const workflow = {
  ...plainDefinition,
  parameters,
  triggers: { Every_morning: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
  actions: {
    Certificate: {
      type: 'ApiConnection',
      inputs: {
        host: { connection: { name: "@parameters('$connections')['our vault']['connectionId']" } },
        method: 'get',
        path: "/secrets/@{encodeURIComponent(parameters('cert'))}/value",
      },
      runAfter: {},
      ...hidden,
    },
    Read: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: "https://contoso.sharepoint.com/sites/@{parameters('own')}/_api/web/lists",
        authentication: {
          type: 'ActiveDirectoryOAuth',
          tenant: "@parameters('home')",
          audience: "@parameters('api')",
          clientId: "@parameters('app')",
          pfx: "@body('Certificate')?['value']",
          password: '',
        },
      },
      runAfter: { Certificate: ['Succeeded'] },
      ...hidden,
    },
  },
};
const spec = {
  name: 'lists',
  workflow: { file: 'flows/lists.json' },
  appRegistration: { tenantId: '11111111-1111-1111-1111-111111111111', clientId: '22222222-2222-2222-2222-222222222222' },
  vault: { name: 'kv-contoso-dev' },
  certificate: { name: 'sharepoint-cert' },
  targets: {
    consumption: { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows', location: 'westeurope' },
  },
};

const specIn = (own: object = {}, file: unknown = workflow) =>
  join(
    folderOf({ 'certflow.yaml': JSON.stringify({ ...spec, ...own }), 'flows/lists.json': JSON.stringify(file) }),
    'certflow.yaml',
  );

async function mistakes(own: object = {}, file?: unknown): Promise<string[]> {
  try {
    await loadSpec(specIn(own, file));
    return [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.diagnostics.map(({ pointer, message }) => `${pointer} ${message}`);
  }
}

test('the file is the workflow; its sign-in has the values of the spec, in each environment', async () => {
  const found = await loadSpec(specIn({ environments: { dev: {}, prod: { certificate: { name: 'prod-cert' } } } }));
  expect(found.requests).toMatchObject([{ name: 'Read', method: 'GET', signIn: 'entra' }]);
  expect(found.trigger).toEqual({ recurrence: { frequency: 'Day', interval: 1 } });
  expect((found.environments.get('dev') as Environment).addresses).toEqual([
    { url: { template: workflow.actions.Read.inputs.uri }, audience: 'https://contoso.sharepoint.com' },
  ]);
  const template = JSON.parse(String(generate(found, { format: 'arm', environment: 'prod' })[0]?.contents));
  const values = JSON.parse(String(generate(found, { format: 'arm', environment: 'prod' })[1]?.contents)).parameters;
  const { properties } = template.resources[1];
  expect(properties.definition).toEqual(workflow);
  expect(Object.keys(properties.parameters)).toEqual(['$connections', 'home', 'app', 'api', 'cert']);
  expect(Object.keys(properties.parameters.$connections.value)).toEqual(['our vault']);
  expect([values.home.value, values.app.value, values.cert.value]).toEqual([
    spec.appRegistration.tenantId,
    spec.appRegistration.clientId,
    'prod-cert',
  ]);
});

test('what stands in the file cannot stand in the spec, too', async () => {
  const request = { name: 'Read', url: 'https://contoso.sharepoint.com' };
  expect(
    await mistakes({ trigger: { manual: {} }, requests: [request], environments: { dev: { requests: [request] } } }),
  ).toEqual([
    '/trigger trigger stands in the file of the workflow',
    '/requests requests stands in the file of the workflow',
    '/environments/dev/requests/0/url the address stands in the file of the workflow',
  ]);
  expect(await mistakes({ workflow: undefined })).toEqual(['/trigger "trigger" is missing', '/requests "requests" is missing']);
});

test.each<[string, object, unknown, RegExp]>([
  ['is not there', { workflow: { file: 'flows/other.json' } }, undefined, /there is no file flows\/other\.json/],
  ['lies elsewhere', { workflow: { file: '../lists.json' } }, undefined, /where the spec lies, or below/],
  ['holds no workflow', {}, { a: 1 }, /holds no workflow/],
  [
    'signs in in another way',
    {},
    { ...workflow, actions: { Read: { type: 'Compose', inputs: 1, runAfter: {} } } },
    /no HTTP action of this workflow signs in with a certificate/,
  ],
])('a file that %s is told of', async (_, own, file, words) => {
  expect(await mistakes(own, file)).toEqual([expect.stringMatching(words)]);
});

test('a workflow of another host has its sign-in from the spec, and is not made', async () => {
  const flow = { properties: { definition: workflow, connectionReferences: {} }, schemaVersion: '1.0.0.0' };
  const found = await loadSpec(specIn({}, flow));
  expect(found.requests).toHaveLength(1);
  expect(() => generate(found, { format: 'definition' })).toThrow(/a flow is deployed by the solution or package that it is in/);
});

test('without files at hand, such a spec is refused', () => {
  expect(() => parseSpec(JSON.stringify(spec))).toThrow(/the file of the workflow is not at hand/);
});
