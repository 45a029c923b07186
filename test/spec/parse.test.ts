import { describe, expect, test } from 'vitest';
import { generate, parseSpec, type SpecError } from '../../src/index.ts';
import { SpecSource } from '../../src/spec/source.ts';
import { baseSpec, mistakes, specOf, specText } from '../specs.ts';

test('a spec in which nothing is wrong has no mistakes', () => {
  expect(mistakes(specText())).toEqual([]);
});

test('JSON, with tabs, is read too', () => {
  expect(parseSpec(JSON.stringify(baseSpec, null, '\t')).name).toBe('hr-lists');
});

test('all mistakes are told at once, in the order of the file, each at its place', () => {
  const text = `name: hr-lists.
trigger:
  recurrence: { frequency: day, interval: 0 }
appRegistration:
  tenantId: common
  clientId: 2222
vualt: { name: kv-contoso-dev }
certificate: { name: https://kv-contoso-dev.vault.azure.net/keys/x }
requests:
  - name: Get lists
    method: get
    url: contoso.sharepoint.com/sites/hr
    audience: https://https://contoso.sharepoint.com
  - name: get_lists
    url: https://api.contoso.com
environments:
  Prod: {}
  dev:
    vault: { name: k }
    requests: [{ name: Get list }]
    trigger: {}
`;
  expect(mistakes(text)).toEqual([
    "1:7 name is \"hr-lists.\"; expected: letters, digits, '-', '_', '.', '(' or ')', beginning with a letter or digit and not ending in '.'",
    '3:28 "day" is not one of the allowed values',
    '3:43 interval is 0, and at least 1 is allowed',
    '5:13 "common" names no single tenant, and an application that signs in by itself must name one',
    '6:13 clientId is 2222, but text is expected',
    '7:1 unknown key "vualt"',
    '8:22 "https://kv-contoso-dev.vault.azure.net/keys/x" is neither the name nor the identifier of a certificate',
    '11:13 "get" is not one of the allowed values',
    '12:10 "contoso.sharepoint.com/sites/hr" is not an address',
    '13:15 "https://https://contoso.sharepoint.com" is not an audience: the scheme stands there twice',
    '14:5 the audience is missing, and the address does not tell it',
    '14:11 the name "get_lists" is already that of request 1',
    '17:3 "Prod" cannot be a name here; expected: lower-case letters, digits and \'-\'',
    '19:20 "k" is neither the name nor the address of a vault',
    '20:24 there is no request "Get list"',
    '21:5 unknown key "trigger"',
  ]);
});

test.each([
  ['trigger: {}', 'trigger has none of recurrence, request, manual'],
  ['trigger: { manual: {}, request: {} }', 'trigger has more than one of recurrence, request, manual'],
  ['trigger: []', 'trigger is a list, but a group of keys is expected'],
  ['requests: []', 'requests is an empty list, but at least one is needed'],
  ['requests: [5]', 'entry 1 is 5, but a group of keys is expected'],
  ['name: ""', 'name is ""; expected: letters, digits'],
  [`description: ${'x'.repeat(257)}`, 'description has 257 characters, and at most 256 are allowed'],
  ['environments: {}', 'environments is empty'],
  [
    'certificate: { name: c, version: 12345678901234567890123456789012 }',
    'version is 1.2345678901234567e+31, but text is expected',
  ],
])('%s: %s', (line, message) => {
  const key = line.slice(0, line.indexOf(':'));
  const rest = Object.fromEntries(Object.entries(baseSpec).filter(([name]) => name !== key));
  const text = `${line}\n${Object.entries(rest)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join('\n')}`;
  expect(mistakes(text)).toEqual([expect.stringContaining(message)]);
});

test('a wrong entry of a list does not shift those after it', () => {
  const text = specText()
    .replace('requests:', 'requests:\n  - 5')
    .replace('https://contoso.sharepoint.com/sites', 'ftp://contoso.sharepoint.com/sites');
  expect(mistakes(text)).toEqual([
    '7:5 entry 1 is 5, but a group of keys is expected',
    '9:10 "ftp://contoso.sharepoint.com/sites/hr/_api/web/lists" is not an address',
  ]);
});

test('no request and no action can have the name of the step that reads the certificate', () => {
  expect(mistakes(specText('actions: { GET_secret: { type: Compose } }').replace('Get lists', 'get secret'))).toEqual([
    '7:11 the name "get secret" is already that of the step that reads the certificate',
    '11:12 the name "GET_secret" is already that of request 1',
  ]);
});

test('a retry policy says how often and when', () => {
  const request = (policy: string) => `url: https://contoso.sharepoint.com/x\n    retryPolicy: ${policy}`;
  expect(mistakes(specText('', request('{ type: Fixed }')))).toEqual(['9:5 "count" is missing', '9:5 "interval" is missing']);
  expect(mistakes(specText('', request('{ type: fixed }')))).toEqual(['9:5 "count" is missing', '9:5 "interval" is missing']);
  for (const type of ['None', 'none']) expect(mistakes(specText('', request(`{ type: ${type} }`)))).toEqual([]);
  expect(mistakes(specText('', request('{ type: linear }')))).toEqual(['9:26 "linear" is not one of the allowed values']);
});

test.each([
  ['a: [', /\[spec-syntax|./],
  ['a: 1\na: 2', /there already in its group/],
  ['a: *x', /^1:4 nothing before \*x is marked as &x$/],
  ['a: 1\n---\nb: 2', /./],
])('%j is not read', (text, message) => {
  expect(mistakes(text)[0]).toMatch(message);
});

test.each([
  ['a: !!binary aGk=', '1:13 nothing can be made of the tag !!binary'],
  ['a: [1, !!set { x, y }]', 'the tag !!set'],
  ['a: !mine x', 'the tag !mine'],
  ['%YAML 1.1\n---\na: 2026-01-05', '3:4 2026-01-05 is no value that JSON has'],
  ['%YAML 1.1\n---\na: !!binary aGk=', 'the tag !!binary'],
  ['a: .nan', '1:4 .nan is no value that JSON has'],
  ['a: [-.inf, 1e999]', '1e999 is no value that JSON has'],
])('what JSON does not have is told with its place: %j', (text, message) => {
  expect(mistakes(text)).toContainEqual(expect.stringContaining(message));
});

test('a mistake within another leaves what every object has as it is, whatever it is called', () => {
  const inEach = Object.getOwnPropertyDescriptor(Object.prototype, 'toString') ?? {};
  const [environments, targets] = Array.from({ length: 2 }, () => JSON.parse('{ "__proto__": { "toString": false } }'));
  const found = mistakes(JSON.stringify({ ...baseSpec, environments, targets }));
  const isThere = Object.hasOwn(Object.prototype, 'toString');
  Object.defineProperty(Object.prototype, 'toString', inEach);
  expect([found.length > 1, isThere]).toEqual([true, true]);
});

test('an action has any name', () => {
  const spec = parseSpec(`${specText()}actions: { __proto__: { type: Compose, inputs: 1 } }\n`);
  const [file] = generate(spec, { format: 'definition' });
  const { actions } = JSON.parse(String(file?.contents));
  expect(Object.entries(actions).at(-1)).toEqual(['__proto__', expect.objectContaining({ type: 'Compose' })]);
});

test('tags of what JSON has are read', () => {
  const source = new SpecSource('a: !!str 5\nb: !!map { c: !!seq [!!int 1, !!null "", ! x] }', 'certflow.yaml');
  expect([source.value(), source.problems]).toEqual([{ a: '5', b: { c: [1, null, 'x'] } }, []]);
});

test('aliases that unfold without end are refused', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`,
  );
  expect(mistakes(`l0: &l0 [x]\n${levels.join('\n')}`)).toEqual([
    '1:1 the aliases of this file unfold to more than a spec can need',
  ]);
});

describe('a file that no reader after it could bear', () => {
  const actions = (text: string) => `${specText()}actions:\n  x: { type: Compose, inputs: ${text} }\n`;

  test.each([
    ['lists', actions(`${'['.repeat(900)}${']'.repeat(900)}`)],
    ['groups', actions(`${'{ a: '.repeat(900)}1${' }'.repeat(900)}`)],
    ['lists that are not closed', actions('['.repeat(10_000))],
    ['lists by dashes', `a:\n  ${'- '.repeat(900)}1`],
    ['keys of keys', `a:\n  ${'? '.repeat(900)}1`],
    ['groups by lines', Array.from({ length: 900 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')],
  ])('nested deep, by %s, is told with its place', (_, text) => {
    expect(mistakes(text)).toEqual([expect.stringMatching(/^\d+:\d\d+ it is nested more than 200 levels deep$/)]);
  });

  test('nested as deep as that is read', () => {
    expect(() => parseSpec(actions(`${'['.repeat(190)}${']'.repeat(190)}`))).not.toThrow();
  });

  test.each([
    ['itself', 'x: &a [*a]', 'a'],
    ['a group around it', 'x: &a { type: Compose, inputs: { deep: [{ me: *a }] } }', 'a'],
    ['the inner of two with one name', 'x: &a { type: Compose, inputs: &a { me: *a } }', 'a'],
  ])('an alias in %s is told', (_, text, name) => {
    expect(mistakes(`${specText()}actions: { ${text} }\n`)).toEqual([
      expect.stringMatching(new RegExp(`^\\d+:\\d+ \\*${name} is within what it stands for`)),
    ]);
  });

  test('deep by aliases alone is refused', () => {
    const links = Array.from({ length: 2000 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}]`);
    expect(mistakes(`l0: &l0 [x]\n${links.join('\n')}`)).toEqual([
      '1:1 the aliases of this file unfold to more than a spec can need',
    ]);
  });

  test('many aliases that do no harm are read', () => {
    const links = Array.from({ length: 300 }, (_, at) => `  l${at}: *l`);
    const spec = parseSpec(`${specText()}actions:\n  l: &l { type: Compose, inputs: 1 }\n${links.join('\n')}\n`);
    expect(Object.keys(spec.actions)).toHaveLength(301);
  });
});

test.each([undefined, 'text', '[]', 'null'])('a document that is %j is no spec', (text) => {
  expect(mistakes(text ?? '')).toEqual([expect.stringContaining('a group of keys is expected')]);
});

test('what was mended is noted', () => {
  const spec = specOf({ requests: [{ ...baseSpec.requests[0], audience: 'https://contoso.sharepoint.com/sites/hr' }] });
  expect(spec.notes.map(({ severity, pointer, message }) => [severity, pointer, message])).toEqual([
    [
      'info',
      '/requests/0/audience',
      'the audience of SharePoint is the root address, not a site: https://contoso.sharepoint.com is used',
    ],
  ]);
});

test.each([
  ['headers: { x: { expression: "@utcNow()" } }', '{ expression: "utcNow()" }'],
  ['body: [{ a: { expression: "@{utcNow()}" } }]', '{ expression: "utcNow()" }'],
  ['body: { expression: "{x()}" }', '{ expression: "x()" }'],
])('%s: an expression is written bare', (line, cure) => {
  const url = 'url: https://contoso.sharepoint.com/x';
  try {
    parseSpec(specText('', `${url}\n    ${line}`));
    expect.unreachable();
  } catch (error) {
    expect((error as SpecError).diagnostics).toMatchObject([
      { message: 'an expression is written without @ and braces around it', help: expect.stringContaining(cure) },
    ]);
  }
});

test('an identity is the system-assigned one or a resource id', () => {
  const text = (identity: string) =>
    specText().replace('location: westeurope', `location: westeurope, managedIdentity: ${identity}`);
  const id =
    '/subscriptions/33333333-3333-3333-3333-333333333333/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows';
  expect([mistakes(text('systemAssigned')), mistakes(text(id))]).toEqual([[], []]);
  expect(mistakes(text('id-flows'))).toEqual([
    expect.stringContaining('managedIdentity is "id-flows"; expected: systemAssigned, or a resource id'),
  ]);
});

test('a start without a time zone is in UTC, and says so', () => {
  const text = (recurrence: string) =>
    specText().replace('manual: {}', `recurrence: { frequency: Day, interval: 1, ${recurrence} }`);
  expect(mistakes(text('startTime: "2026-01-05T06:00:00"'))).toEqual([
    expect.stringContaining('startTime is "2026-01-05T06:00:00"; expected: a time in UTC'),
  ]);
  for (const fine of ['startTime: "2026-01-05T06:00:00Z"', 'startTime: "2026-01-05T06:00:00", timeZone: UTC', 'timeZone: UTC'])
    expect(mistakes(text(fine))).toEqual([]);
});

test.each<[string, object, unknown]>([
  ['a call of its REST service', {}, { accept: 'application/json;odata=nometadata' }],
  ['… with other headers', { headers: { 'x-a': '1' } }, { 'x-a': '1', accept: 'application/json;odata=nometadata' }],
  ['… that names one itself, in any case', { headers: { ACCEPT: 'application/xml' } }, { ACCEPT: 'application/xml' }],
  ['… in capitals', { url: 'https://CONTOSO.SharePoint.com/_API/web' }, { accept: 'application/json;odata=nometadata' }],
  [
    '… whose end is computed',
    { url: { template: 'https://contoso.sharepoint.com/sites/hr/_api/@{triggerBody()}' } },
    { accept: 'application/json;odata=nometadata' },
  ],
  ['a page', { url: 'https://contoso.sharepoint.com/sites/hr/a.aspx' }, undefined],
  ['another API with such a path', { url: 'https://api.contoso.com/_api/x', audience: 'api://x' }, undefined],
])('the header accept of SharePoint: %s', (_, members, headers) => {
  const request = { name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists', ...members };
  const spec = parseSpec(JSON.stringify({ ...baseSpec, requests: [request] }));
  expect(spec.requests[0]?.headers).toEqual(headers);
});

test('a secret in a key is shown nowhere, not in the pointer to its place either', () => {
  const word = 'cAn4ry';
  const address = `https://user:${word}0123456789@a.example/x`;
  const text = JSON.stringify({ ...baseSpec, [address]: 1, appRegistration: { tenantId: address } });
  try {
    parseSpec(text);
    expect.unreachable();
  } catch (error) {
    expect((error as SpecError).diagnostics.length).toBeGreaterThan(1);
    expect(JSON.stringify((error as SpecError).diagnostics) + String(error)).not.toContain(word);
  }
});
