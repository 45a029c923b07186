import { globSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/definition.ts';
import { generate, open, parseSpec } from '../../src/index.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { holdPromises } from '../../src/make/promises.ts';
import { specOf } from '../specs.ts';
import { anySpec } from '../workflow/arbitrary-spec.ts';

const complaints: unknown[] = [];
const complain = (word: unknown) => complaints.push(word);
const ajv = new Ajv({ logger: { log: complain, warn: complain, error: complain } });
const isPromised = ajv.compile(JSON.parse(readFileSync('schemas/certificate-workflow.schema.json', 'utf8')));

test('any validator takes the schema', () => {
  expect(complaints).toEqual([]);
});

/** What each format makes of each example holds these files; a folder is a project or a package. */
const made = [
  ...globSync('test/golden/{definition,bicep}/*/definition.json'),
  ...globSync('test/golden/arm/*/azuredeploy.json'),
  ...globSync('test/golden/standard-project/*/project'),
  ...globSync('test/golden/{solution,flow-package}/*/source'),
].map((path) => path.replaceAll('\\', '/'));

const definitions = new Map<string, Definition>();
for (const path of made) {
  const { definitions: held } = await open(path);
  definitions.set(path, JSON.parse(JSON.stringify(held[0]?.definition)));
}

type Action = JsonObject & { readonly inputs: JsonObject };
type Change = (definition: Definition) => object | undefined;

const requestsOf = ({ actions }: Definition) => Object.keys(actions).filter((name) => actions[name]?.type === 'Http');

/** Changes one action; nothing where there is none of the kind. */
const inAction =
  (name: string | undefined, change: (action: Action) => object | undefined): Change =>
  (definition) => {
    if (name === undefined) return undefined;
    const changed = change(definition.actions[name] as Action);
    return changed && { ...definition, actions: { ...definition.actions, [name]: changed } };
  };
const inSecret = (change: (action: Action) => object | undefined) => inAction('Get_secret', change);
const inRequest =
  (change: (action: Action) => object | undefined): Change =>
  (definition) =>
    inAction(requestsOf(definition).at(-1), change)(definition);
const inSignIn =
  (change: (authentication: JsonObject) => object | undefined): Change =>
  (definition) => {
    const [name] = requestsOf(definition);
    return inAction(name, (action) => {
      const authentication = change(action.inputs.authentication as JsonObject);
      return authentication && { ...action, inputs: { ...action.inputs, authentication } };
    })(definition);
  };
const without = (object: object, key: string) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
const hides = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } });
const inParameter =
  (role: RegExp, change: (declared: object, name: string) => object): Change =>
  (definition) => {
    const name = Object.keys(definition.parameters).find((each) => role.test(each));
    if (name === undefined) return undefined;
    return {
      ...definition,
      parameters: { ...without(definition.parameters, name), ...change(definition.parameters[name] ?? {}, name) },
    };
  };

const promises: Readonly<Record<string, Change>> = {
  'Get secret is there': (definition) => ({ ...definition, actions: without(definition.actions, 'Get_secret') }),
  'Get secret hides its inputs': inSecret((action) => ({ ...action, ...hides('outputs') })),
  'Get secret hides its outputs': inSecret((action) => ({ ...action, ...hides('inputs') })),
  'Get secret hides both in the words of the service': inSecret((action) => ({ ...action, ...hides('inputs', 'output') })),
  'Get secret has its setting': inSecret((action) => without(action, 'runtimeConfiguration')),
  'Get secret has its setting beside inputs': inSecret(({ runtimeConfiguration, ...action }) => ({
    ...action,
    inputs: { ...action.inputs, runtimeConfiguration },
  })),
  'Get secret is the first': inSecret((action) => ({ ...action, runAfter: { Other: ['Succeeded'] } })),
  'Get secret reads a secret': inSecret(({ inputs, ...action }) => ({ ...action, inputs: { ...inputs, path: '/keys/x' } })),
  'Get secret names the certificate by a parameter': inSecret((action) =>
    JSON.parse(
      JSON.stringify(action).replaceAll(/@\{?(?:encodeURIComponent\()?parameters\('[^'$]*'\)\)?\}?/g, 'sharepoint-cert'),
    ),
  ),
  'Get secret names the certificate by its own parameter': inSecret((action) =>
    JSON.parse(JSON.stringify(action).replaceAll('certificateName', 'clientId')),
  ),
  'Get secret uses a connector': inSecret((action) => ({ ...action, type: 'Http' })),
  'Get secret names its connection': inSecret(({ inputs, ...action }) => ({
    ...action,
    inputs: without(without(inputs, 'host'), 'serviceProviderConfiguration'),
  })),
  'a request is there': (definition) => ({
    ...definition,
    actions: Object.fromEntries(Object.entries(definition.actions).filter(([, { type }]) => type !== 'Http')),
  }),
  'a request hides its inputs': inRequest((action) => without(action, 'runtimeConfiguration')),
  'a request hides them in the words of the service': inRequest((action) => ({ ...action, ...hides('input') })),
  'a request hides its inputs and not its outputs alone': inRequest((action) => ({ ...action, ...hides('outputs') })),
  'a request signs in': inRequest(({ inputs, ...action }) => ({ ...action, inputs: without(inputs, 'authentication') })),
  'a request runs after something': inRequest((action) => ({ ...action, runAfter: {} })),
  'a request has an address': inRequest(({ inputs, ...action }) => ({ ...action, inputs: without(inputs, 'uri') })),
  'a request has no member of another place': inRequest((action) => ({
    ...action,
    trackedProperties: { pfx: '@action().inputs' },
  })),
  'it signs in to Entra ID, not with a password': inSignIn((signIn) => ({ ...signIn, type: 'Basic' })),
  '… not with a ready header': inSignIn((signIn) => ({ ...signIn, type: 'Raw' })),
  '… not with an identity': inSignIn((signIn) => ({ ...signIn, type: 'ManagedServiceIdentity' })),
  '… by a type': inSignIn((signIn) => without(signIn, 'type')),
  'pfx is there': inSignIn((signIn) => without(signIn, 'pfx')),
  'pfx is no literal': inSignIn((signIn) => ({ ...signIn, pfx: 'MIIK' })),
  'pfx is no parameter': inSignIn((signIn) => ({ ...signIn, pfx: "@parameters('pfx')" })),
  'pfx is straight': inSignIn((signIn) => ({ ...signIn, pfx: "@base64(body('Get_secret')?['value'])" })),
  'pfx is not put into a text': inSignIn((signIn) => ({ ...signIn, pfx: "@{body('Get_secret')?['value']}" })),
  'pfx is the value': inSignIn((signIn) => ({ ...signIn, pfx: "@body('Get_secret')" })),
  'pfx is of Get secret': inSignIn((signIn) => ({ ...signIn, pfx: "@body('Other')?['value']" })),
  'there is no client secret': inSignIn((signIn) => ({ ...signIn, secret: "@parameters('secret')" })),
  'there is no password': inSignIn((signIn) => ({ ...signIn, password: 'x' })),
  'the tenant is there': inSignIn((signIn) => without(signIn, 'tenant')),
  'the tenant is a parameter': inSignIn((signIn) => ({ ...signIn, tenant: 'contoso.onmicrosoft.com' })),
  'the tenant is no other parameter': inSignIn(({ clientId, ...signIn }) => ({ ...signIn, clientId, tenant: clientId })),
  'the client is there': inSignIn((signIn) => without(signIn, 'clientId')),
  'the client is a parameter': inSignIn((signIn) => ({ ...signIn, clientId: '22222222-2222-2222-2222-222222222222' })),
  'the client is no other parameter': inSignIn(({ tenant, ...signIn }) => ({ ...signIn, tenant, clientId: tenant })),
  'the audience is there': inSignIn((signIn) => without(signIn, 'audience')),
  'the audience is a parameter': inSignIn((signIn) => ({ ...signIn, audience: 'https://graph.microsoft.com' })),
  'the audience is no other parameter': inSignIn(({ tenant, ...signIn }) => ({ ...signIn, tenant, audience: tenant })),
  'the authority is a host': inSignIn((signIn) => ({ ...signIn, authority: 'https://login.microsoftonline.com/common' })),
  'the tenant is declared': inParameter(/tenantId\)?$/, () => ({})),
  'the client is declared': inParameter(/clientId\)?$/, () => ({})),
  'an audience is declared': inParameter(/audience\)?$/i, () => ({})),
  'the name of the certificate is declared': inParameter(/certificateName\)?$/, () => ({})),
  'the tenant is of type String': inParameter(/tenantId\)?$/, (declared, name) => ({ [name]: { ...declared, type: 'Object' } })),
  'no parameter is a secret': inParameter(/clientId\)?$/, (declared, name) => ({
    [name]: { ...declared, type: 'SecureString' },
  })),
  'connections are declared': inParameter(/^\$connections$/, () => ({})),
  'there is a trigger': (definition) => ({ ...definition, triggers: {} }),
  'there is one trigger': (definition) => ({ ...definition, triggers: { ...definition.triggers, another: { type: 'Request' } } }),
  'nothing is given out': (definition) => ({
    ...definition,
    outputs: { certificate: { type: 'String', value: "@body('Get_secret')?['value']" } },
  }),
  'the language is named': (definition) => without(definition, '$schema'),
  'nothing unknown stands beside': (definition) => ({ ...definition, kind: 'Stateful' }),
};

describe('the certificate workflow', () => {
  test('is what every format makes of every example', () => {
    expect(made.length).toBeGreaterThanOrEqual(18);
    for (const [path, definition] of definitions)
      expect(isPromised(definition), `${path} ${JSON.stringify(isPromised.errors)}`).toBe(true);
  });

  test.each(Object.entries(promises))('%s, or it is none', (_, change) => {
    let broken = 0;
    for (const [path, definition] of definitions) {
      const other = change(definition);
      if (other === undefined || JSON.stringify(other) === JSON.stringify(definition)) continue;
      broken++;
      expect(isPromised(other), path).toBe(false);
      expect(() => holdPromises(other as Definition, { rawActions: {} }), path).toThrow(/certificate workflow/);
    }
    expect(broken).toBeGreaterThanOrEqual(3);
  });

  test('may have actions of its own, which neither hide their inputs nor sign in with a certificate', () => {
    const actions = {
      Post: { type: 'Http', inputs: { method: 'POST', uri: 'https://example.com/hook', body: 'done' } },
      Say: { type: 'Scope', actions: { Note: { type: 'Compose', inputs: "@outputs('Post')" } } },
      Ask: {
        type: 'Http',
        inputs: { method: 'GET', uri: 'https://management.azure.com', authentication: { type: 'ManagedServiceIdentity' } },
      },
    };
    const [file] = generate(specOf({ actions }), { format: 'definition' });
    expect(isPromised(JSON.parse(String(file?.contents))), JSON.stringify(isPromised.errors)).toBe(true);
  });

  test('of a spec with any other action is made all the same: only what certflow makes is held to the pattern', () => {
    const hook = { type: 'Http', inputs: { method: 'POST', uri: 'https://example.com' }, ...hides('inputs') };
    expect(generate(specOf({ actions: { Hook: hook } }), { format: 'definition' })).not.toEqual([]);
  });

  test('is what any spec becomes', () => {
    fc.assert(
      fc.property(anySpec, (object) => {
        const spec = parseSpec(JSON.stringify(object));
        const [environment] = spec.environments.keys();
        const [file] = generate(spec, { format: 'definition', ...(environment && { environment }) });
        return isPromised(JSON.parse(String(file?.contents)));
      }),
      { numRuns: 30 },
    );
  });
});
