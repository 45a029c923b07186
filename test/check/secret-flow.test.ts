import { describe, expect, test } from 'vitest';
import { examine } from '../../src/check/check.ts';
import { fixesOf } from '../../src/diagnostics/diagnostic.ts';
import { applyFixes } from '../../src/document/edit-json.ts';
import { type CheckOptions, check } from '../../src/index.ts';

const schema = 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
const workflow = (actions: object, members: object = {}) => ({
  $schema: schema,
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions,
  ...members,
});
const hides = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } });
const after = (...names: string[]) => ({ runAfter: Object.fromEntries(names.map((name) => [name, ['Succeeded']])) });
const getSecret = {
  type: 'ApiConnection',
  inputs: { host: {}, method: 'get', path: "/secrets/@{encodeURIComponent('key')}/value" },
  ...hides('inputs', 'outputs'),
};
const value = "@body('Get')?['value']";
const set = (name: string, given: unknown, type = 'SetVariable') => ({ type, inputs: { name, value: given } });
const variable = (name: string, type: string, given?: unknown) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type, value: given }] },
});
/** What shows the secret, at the end of each way. */
const show = (given: unknown) => ({ type: 'Http', inputs: { method: 'POST', uri: 'https://api.example.com/x', body: given } });

/** The ways that a rule tells, each as the places of its steps. */
function ways(definition: unknown, rule = 'secret-in-run-history', options: CheckOptions = {}): string[] {
  return check(definition, options)
    .filter((finding) => finding.rule === rule)
    .map(({ path = [] }) => path.map(({ pointer }) => pointer.replaceAll('/actions/', '/')).join(' > '));
}
/** The ways that end in the action `Show`. */
const shown = (actions: object, members: object = {}) =>
  ways(workflow({ Get: getSecret, ...actions }, members)).filter((way) => /\/Show\/[^>]*$/.test(way));

test.each<[string, object, string[]]>([
  ['straight, the action is hidden with its source', { Show: show(value) }, []],
  [
    'through Compose',
    { A: { type: 'Compose', inputs: { deep: [{ key: value }] } }, Show: show("@outputs('A')['deep'][0]?['key']") },
    ['/Get > /A/inputs/deep/0/key > /Show/inputs/body'],
  ],
  ['not beside it', { A: { type: 'Compose', inputs: { key: value, other: 1 } }, Show: show("@outputs('A')?['other']") }, []],
  ['not its name', { A: { type: 'Compose', inputs: "@body('Get')?['name']" }, Show: show("@outputs('A')") }, []],
  [
    'not a question about it',
    { A: { type: 'Compose', inputs: `@empty(body('Get')?['value'])` }, Show: show("@outputs('A')") },
    [],
  ],
  [
    'in all that was answered, as one key',
    { A: { type: 'Compose', inputs: "@outputs('Get')?['body/value']" }, Show: show("@{outputs('A')}") },
    ['/Get > /A/inputs > /Show/inputs/body'],
  ],
  [
    'through functions',
    {
      A: { type: 'Compose', inputs: "@if(equals(1, 2), '', concat('Key ', toUpper(coalesce(body('Get')?['value'], ''))))" },
      Show: show("@split(outputs('A'), ' ')[1]"),
    },
    ['/Get > /A/inputs > /Show/inputs/body'],
  ],
  [
    'through objects that are put together',
    {
      A: { type: 'Compose', inputs: "@setProperty(json('{}'), 'key', body('Get')?['value'])" },
      Show: show("@createArray(outputs('A')?['key'])"),
    },
    ['/Get > /A/inputs > /Show/inputs/body'],
  ],
  [
    'through Parse JSON',
    { A: { type: 'ParseJson', inputs: { content: "@body('Get')", schema: {} } }, Show: show("@body('A')?['value']") },
    ['/Get > /A/inputs/content > /Show/inputs/body'],
  ],
  [
    'through a variable',
    {
      I: variable('v', 'string'),
      A: { ...set('v', value), ...after('Get', 'I') },
      Show: { ...show("@variables('V')"), ...after('A') },
    },
    ['/Get > /A/inputs/value > /Show/inputs/body'],
  ],
  [
    'not through a variable that is written later',
    {
      I: variable('v', 'string'),
      Show: { ...show("@variables('v')"), ...after('I') },
      A: { ...set('v', value), ...after('Show') },
    },
    [],
  ],
  [
    'through a list that is appended to, and a loop over it',
    {
      I: variable('v', 'array'),
      A: { ...set('v', { key: value }, 'AppendToArrayVariable'), ...after('I') },
      L: { type: 'Foreach', foreach: "@variables('v')", actions: { Show: show("@items('L')?['key']") }, ...after('A') },
    },
    ['/Get > /A/inputs/value/key > /L/foreach > /L/Show/inputs/body'],
  ],
  [
    'through item() of a loop',
    { L: { type: 'Foreach', foreach: "@createArray(body('Get')?['value'])", actions: { Show: show('@item()') } } },
    ['/Get > /L/foreach > /L/Show/inputs/body'],
  ],
  [
    'through Select, Filter array and Join',
    {
      A: { type: 'Select', inputs: { from: "@createArray(body('Get')?['value'])", select: { key: '@item()' } } },
      B: { type: 'Query', inputs: { from: "@body('A')", where: "@equals(item()?['key'], 1)" } },
      C: { type: 'Join', inputs: { from: "@body('B')", joinWith: ';' } },
      Show: show("@body('C')"),
    },
    ['/Get > /A/inputs/select/key > /B/inputs/from > /C/inputs/from > /Show/inputs/body'],
  ],
  [
    'from outside of a loop',
    {
      L: { type: 'Foreach', foreach: '@triggerBody()', actions: { A: { type: 'Compose', inputs: value } } },
      Show: { ...show("@outputs('A')[0]"), ...after('L') },
    },
    ['/Get > /L/A/inputs > /Show/inputs/body'],
  ],
  [
    'through the result of a scope',
    {
      S: { type: 'Scope', actions: { A: { type: 'Compose', inputs: value } } },
      Show: { ...show("@first(result('S'))?['outputs']"), ...after('S') },
    },
    ['/Get > /S/A/inputs > /Show/inputs/body'],
  ],
  [
    'in circles, it comes to an end',
    {
      I: variable('v', 'string'),
      U: {
        type: 'Until',
        expression: '@false',
        limit: { count: 2 },
        actions: {
          Show: show("@variables('v')"),
          A: { ...set('v', `@{variables('v')}${value.replace('@', '@{')}}`), ...after('Show') },
        },
      },
    },
    ['/Get > /U/A/inputs/value > /U/Show/inputs/body'],
  ],
])('a secret is followed %s', (_, actions, expected) => {
  expect(shown(actions)).toEqual(expected);
});

test('own settings hide, and a variable cannot', () => {
  const actions = {
    Get: getSecret,
    A: { type: 'Compose', inputs: value },
    Show: { ...show("@outputs('A')"), ...hides('inputs') },
  };
  expect(ways(workflow(actions))).toEqual([]);
  expect(ways(workflow({ Get: getSecret, I: variable('v', 'string', value) }))).toEqual(['/Get > /I/inputs/variables/0/value']);
});

test('a secure parameter is shown by who uses it, and not where it signs in', () => {
  const parameters = { key: { type: 'SecureString' }, $authentication: { type: 'SecureObject' } };
  const call = { ...show("@parameters('KEY')") };
  expect(ways(workflow({ Show: call }, { parameters }))).toEqual(['/parameters/key > /Show/inputs/body']);
  const signIn = {
    method: 'GET',
    uri: 'https://a.example',
    headers: { Authorization: "@parameters('key')" },
    authentication: { type: 'Raw', value: "@parameters('key')" },
  };
  expect(ways(workflow({ Show: { type: 'Http', inputs: signIn } }, { parameters }))).toEqual([]);
});

test.each<[string, object, object]>([
  ['in a response', { Answer: { type: 'Response', inputs: { statusCode: 200, body: value } } }, {}],
  ['in the outputs of the workflow', {}, { outputs: { a: { type: 'String', value } } }],
  ['in tracked properties', { A: { type: 'Compose', inputs: value, trackedProperties: { a: '@action().inputs' } } }, {}],
  [
    'in an address',
    { A: { type: 'Http', inputs: { method: 'GET', uri: "https://a.example/x?k=@{body('Get')?['value']}" } } },
    {},
  ],
  ['in queries', { A: { type: 'Http', inputs: { method: 'GET', uri: 'https://a.example', queries: { k: value } } } }, {}],
  [
    'in the error of a run',
    { A: { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { code: '1', message: value } } } },
    {},
  ],
  [
    'in a mail',
    {
      A: {
        type: 'ApiConnection',
        inputs: {
          host: { connection: { name: "@parameters('$connections')['office365']['connectionId']" } },
          method: 'post',
          path: '/v2/Mail',
          body: { Body: `<p>${value.replace('@', '@{')}}</p>` },
        },
      },
    },
    {},
  ],
  [
    'to another host than the one that it signs in to',
    {
      A: { type: 'Http', inputs: { method: 'GET', uri: 'https://a.example/x', headers: { Authorization: value } } },
      B: show({ key: value }),
    },
    {},
  ],
])('a secret leaves %s', (_, actions, members) => {
  expect(ways(workflow({ Get: getSecret, ...actions }, members), 'secret-leaves')).toHaveLength(1);
});

const signsIn = (more: object = {}) => ({
  type: 'Http',
  inputs: {
    method: 'GET',
    uri: 'https://a.example/x',
    authentication: {
      type: 'ActiveDirectoryOAuth',
      tenant: 't',
      clientId: 'c',
      audience: 'a',
      pfx: value,
      password: '',
      ...more,
    },
  },
});
const call = (inputs: object) => ({ type: 'Http', inputs: { method: 'GET', uri: 'https://a.example/x', ...inputs } });
const template = value.replace('@', '@{').concat('}');
const byHttp = { type: 'Http', inputs: { method: 'GET', uri: 'https://kv-a.vault.azure.net/secrets/key?api-version=7.4' } };

// Each beside an action that signs in with it, at the same host: as any other secret it might go there.
test.each<[string, object]>([
  ['in a header', { A: call({ headers: { 'x-key': value } }) }],
  ['in a cookie', { A: call({ cookie: template }) }],
  ['in a part of a header', { A: call({ headers: { 'x-key': `Key ${template}` } }) }],
  ['in the body', { A: call({ method: 'POST', body: { file: value } }) }],
  [
    'to where tokens are got',
    { A: call({ uri: 'https://login.microsoftonline.com/t/oauth2/token', body: `client_secret=${template}` }) },
  ],
  ['as the password of Basic', { A: call({ authentication: { type: 'Basic', username: 'a', password: value } }) }],
  ['as the user of Basic', { A: call({ authentication: { type: 'basic', username: value, password: '' } }) }],
  ['as the value of Raw', { A: call({ authentication: { type: 'Raw', value: `Bearer ${template}` } }) }],
  ['as the secret of a sign-in', { A: signsIn({ pfx: undefined, secret: value }) }],
  ['in the authority', { A: signsIn({ pfx: '', authority: `https://login.microsoftonline.com/${template}` }) }],
  ['to a foreign authority', { A: signsIn({ authority: 'https://login.evil.example' }) }],
  [
    'to a foreign authority that looks like one',
    { A: signsIn({ authority: 'https://login.microsoftonline.com.evil.example/' }) },
  ],
  [
    'in a webhook',
    { A: { type: 'HttpWebhook', inputs: { subscribe: call({ headers: { 'x-key': value } }).inputs, unsubscribe: {} } } },
  ],
  [
    'in the sign-in of a webhook',
    { A: { type: 'HttpWebhook', inputs: { subscribe: signsIn({ authority: 'https://evil.example' }).inputs, unsubscribe: {} } } },
  ],
  [
    'through the result of a scope',
    {
      S: { type: 'Scope', actions: { In: { type: 'Compose', inputs: value } } },
      A: { ...call({ headers: { 'x-key': "@{first(result('S'))?['outputs']}" } }), ...after('S') },
    },
  ],
  [
    'through the result of the scope that it is read in',
    {
      S: { type: 'Scope', actions: { Second: getSecret } },
      A: { ...call({ headers: { 'x-key': "@{result('S')[0]?['outputs']?['body']?['value']}" } }), ...after('S') },
    },
  ],
  ['through a second Get secret', { Second: getSecret, A: call({ headers: { 'x-key': "@body('Second')?['value']" } }) }],
  [
    'through a second Get secret with another case and place',
    {
      Second: {
        ...getSecret,
        inputs: {
          host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
          method: 'get',
          path: '/secrets/KEY/value',
        },
      },
      First: {
        ...getSecret,
        inputs: {
          ...getSecret.inputs,
          host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
        },
      },
      Other: signsIn({ pfx: "@body('First')?['value']" }),
      A: call({ headers: { 'x-key': "@body('Second')?['value']" } }),
    },
  ],
  [
    'through the data plane of the vault',
    {
      First: byHttp,
      Second: { ...byHttp, inputs: { ...byHttp.inputs, uri: 'https://kv-a.vault.azure.net/secrets/key/?api-version=7.5' } },
      Other: signsIn({ pfx: "@body('First')?['value']" }),
      A: call({ headers: { 'x-key': "@body('Second')?['value']" } }),
    },
  ],
])('a certificate leaves %s', (_, actions) => {
  const found = ways(workflow({ Get: getSecret, Sign: signsIn(), ...actions }), 'secret-leaves');
  expect(found.filter((way) => / > \/A\//.test(way))).toHaveLength(1);
});

test.each<[string, object]>([
  ['signs in', { A: signsIn() }],
  ['signs in at another cloud', { A: signsIn({ authority: 'https://login.microsoftonline.us/' }) }],
  ['signs in at an older name', { A: signsIn({ authority: 'https://login.windows.net/' }) }],
  ['signs in at a customer tenant', { A: signsIn({ authority: 'https://contoso.ciamlogin.com' }) }],
  ['signs in where a parameter says', { A: signsIn({ authority: "@parameters('authority')" }) }],
  ['signs in where somebody is yet to say', { A: signsIn({ authority: '<authority>' }) }],
  ['is shown to the host itself', { A: signsIn({ type: 'ClientCertificate', authority: 'https://a.example' }) }],
  ['opens with it', { A: signsIn({ password: value }) }],
  [
    'is put into a vault',
    { A: call({ method: 'POST', uri: 'https://kv.vault.azure.net/certificates/x/import', body: { value } }) },
  ],
  ['is put into a web app', { A: call({ method: 'PUT', uri: 'https://management.azure.com/x', body: { pfxBlob: value } }) }],
  ['goes where nobody says', { A: call({ uri: "@parameters('host')", body: value }) }],
  [
    'is another one',
    {
      Second: { ...getSecret, inputs: { ...getSecret.inputs, path: '/secrets/other/value' } },
      A: call({ headers: { 'x-key': "@body('Second')?['value']" } }),
    },
  ],
])('a certificate stays where it %s', (_, actions) => {
  expect(ways(workflow({ Get: getSecret, Sign: signsIn(), ...actions }), 'secret-leaves')).toEqual([]);
});

test.each<[string, object]>([
  ['in a header', { A: { type: 'Http', inputs: { method: 'GET', uri: 'https://a.example', headers: { 'x-key': value } } } }],
  ['in the body of a call', { A: show({ key: value }) }],
  [
    'to where tokens are got',
    {
      A: { type: 'Http', inputs: { method: 'GET', uri: 'https://a.example/x', headers: { Authorization: value } } },
      B: {
        type: 'Http',
        inputs: {
          method: 'POST',
          uri: 'https://login.microsoftonline.com/t/oauth2/token',
          body: `client_secret=${value.replace('@', '@{')}}`,
        },
      },
    },
  ],
])('a secret may go %s', (_, actions) => {
  expect(ways(workflow({ Get: getSecret, ...actions }), 'secret-leaves')).toEqual([]);
});

test('between workflows of one app, the way is told in both files', () => {
  const parent = workflow({
    Get: getSecret,
    Call: { type: 'Workflow', inputs: { host: { workflow: { id: 'child' } }, body: { key: value } } },
  });
  const child = workflow({ A: { type: 'Compose', inputs: "@triggerBody()?['key']" }, Show: show("@outputs('A')") });
  const siblings = [
    { name: 'parent', definition: parent, file: 'parent.json' },
    { name: 'child', definition: child, file: 'child.json' },
  ];
  const [trigger, show_] = check(child, { siblings, file: 'child.json', host: 'standard' }).filter(
    ({ rule }) => rule === 'secret-in-run-history',
  );
  const places = (path: typeof trigger) => path?.path?.map(({ file, pointer }) => `${file}${pointer}`);
  expect(places(trigger)).toEqual([
    'parent.json/actions/Get',
    'parent.json/actions/Call/inputs/body/key',
    'child.json/triggers/manual',
  ]);
  expect(places(show_)).toEqual([
    'parent.json/actions/Get',
    'parent.json/actions/Call/inputs/body/key',
    'child.json/actions/A/inputs',
    'child.json/actions/Show/inputs/body',
  ]);
});

test('what a child answers with is followed in its parent', () => {
  const child = workflow({ Get: getSecret, Answer: { type: 'Response', inputs: { statusCode: 200, body: { key: value } } } });
  const parent = workflow({
    Call: {
      type: 'Workflow',
      inputs: { host: { workflow: { id: "[resourceId('Microsoft.Logic/workflows', 'child')]" } } },
      ...hides('outputs'),
    },
    I: variable('v', 'string', "@body('Call')?['key']"),
  });
  const siblings = [
    { name: 'parent', definition: parent, file: 't.json', pointer: '/p' },
    { name: 'child', definition: child, file: 't.json', pointer: '/c' },
  ];
  expect(ways(parent, 'secret-in-run-history', { siblings, file: 't.json', pointer: '/p', armExpressions: true })).toEqual([
    '/c/Get > /c/Answer/inputs/body/key > /p/I/inputs/variables/0/value',
  ]);
});

test.each([
  ['a Compose', { A: { type: 'Compose', inputs: { t: "@body('Token')?['access_token']" } } }, "@outputs('A')?['t']"],
  [
    'Parse JSON',
    { A: { type: 'ParseJson', inputs: { content: "@body('Token')", schema: {} } } },
    "Bearer @{body('A')?['access_token']}",
  ],
  ['a variable', { A: variable('v', 'string', "@{body('Token')?['access_token']}") }, "@concat('Bearer ', variables('v'))"],
])('a token that comes through %s shows where it is got', (_, actions, header) => {
  const token = { type: 'Http', inputs: { method: 'POST', uri: 'https://login.example/token' } };
  const call = { type: 'Http', inputs: { method: 'GET', uri: 'https://a.example', headers: { authorization: header } } };
  const found = ways(workflow({ Token: token, ...actions, Call: call }), 'credential-outputs');
  expect(found).toEqual([expect.stringMatching(/^\/Token > \/A\S+ > \/Call\/inputs\/headers\/authorization$/)]);
});

const inRunHistory = (actions: object) => check(workflow(actions)).filter(({ rule }) => rule === 'secret-in-run-history');

describe('actions that hand a secret on', () => {
  const compose = (from: string, more: object = {}) => ({
    type: 'Compose',
    inputs: `@outputs('${from}')`,
    ...after(from),
    ...more,
  });
  const chain = {
    Get: getSecret,
    A: { type: 'Compose', inputs: value, ...after('Get') },
    B: compose('A'),
    C: compose('B'),
    D: compose('C'),
  };
  const placesOf = (actions: object) =>
    inRunHistory(actions).map(({ pointer, further = [] }) =>
      [pointer, ...further.map((place) => place.pointer)].map((one) => one.split('/')[2]).join(' '),
    );

  test('are one finding with all its places, and the way to the last', () => {
    expect(placesOf(chain)).toEqual(['B C D']);
    const [found] = inRunHistory(chain);
    expect(found?.message).toMatch(
      /^"B" shows the secret that "Get" reads in run history: .*; the same at 2 more places of its way$/,
    );
    expect(found?.path?.at(-1)).toMatchObject({ pointer: '/actions/D/inputs', message: '"D" shows it' });
    expect(found?.further?.map(({ message }) => message)).toEqual(['"C" shows it', '"D" shows it']);
  });

  test('where the way parts, each place is told once', () => {
    expect(placesOf({ ...chain, E: compose('B'), F: compose('E') }).sort()).toEqual(['B C D', 'E F']);
  });

  test('what has another cure is told apart', () => {
    const I = variable('v', 'string');
    const [S, E] = [
      { ...set('v', "@outputs('B')"), ...after('B') },
      { ...show("@variables('v')"), ...after('S') },
    ];
    expect(placesOf({ ...chain, I, S, E }).sort()).toEqual(['B C D', 'E', 'S']);
  });

  test('a place that is suppressed is left out, and hides no other', () => {
    const metadata = (reason: string) => ({ metadata: { 'certflow-ignore': { 'secret-in-run-history': reason } } });
    for (const [name, left] of [
      ['B', 'C D'],
      ['C', 'B D'],
      ['D', 'B C'],
    ] as const) {
      const actions = { ...chain, [name]: { ...chain[name], ...metadata('a lab') } };
      expect(placesOf(actions)).toEqual([left]);
      const { suppressed, diagnostics } = examine(workflow(actions));
      expect(suppressed.map(({ diagnostic }) => diagnostic.pointer)).toEqual([`/actions/${name}/inputs`]);
      expect(diagnostics.filter(({ rule }) => rule === 'suppression')).toEqual([]);
    }
  });

  test('are mended in all places', () => {
    const [found] = inRunHistory(chain);
    const { text, applied } = applyFixes(JSON.stringify(workflow(chain)), found ? fixesOf(found) : []);
    expect([applied.length, placesOf(JSON.parse(text).actions)]).toEqual([3, []]);
  });

  test('in a loop come to an end', () => {
    const actions = {
      X: set('v', "@variables('w')"),
      Y: { ...set('w', "@{variables('v')}@{body('Get')?['value']}"), ...after('X') },
    };
    const U = { type: 'Until', expression: '@false', limit: { count: 2 }, actions };
    const all = {
      Get: getSecret,
      V: variable('v', 'string'),
      W: { ...variable('w', 'string'), ...after('V') },
      U: { ...U, ...after('W', 'Get') },
    };
    expect(placesOf(all).join(' ')).toMatch(/U/);
  });
});

test('of a long way its beginning and its end are told, and how many steps lie between', () => {
  const actions: Record<string, unknown> = { Get: getSecret, C1: { type: 'Compose', inputs: value, ...after('Get') } };
  for (let index = 2; index <= 507; index++)
    actions[`C${index}`] = { type: 'Compose', inputs: `@outputs('C${index - 1}')`, ...after(`C${index - 1}`) };
  const found = inRunHistory({ ...actions, Show: { ...show("@outputs('C507')"), ...after('C507') } });
  expect(found).toHaveLength(1);
  expect(found[0]?.path?.map(({ message }) => message)).toEqual([
    '"Get" reads it from Key Vault',
    ...[1, 2, 3, 4, 5].map((index) => `"C${index}" composes it`),
    '… 496 more',
    ...[502, 503, 504, 505, 506, 507].map((index) => `"C${index}" composes it`),
    '"Show" shows it',
  ]);
});
