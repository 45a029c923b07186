import { describe, expect, it, test } from 'vitest';
import { checkFixture } from '../../scripts/rule-page.ts';
import { spell } from '../../src/check/mends.ts';
import { rules } from '../../src/check/rules/index.ts';
import { applyFixes } from '../../src/document/edit-json.ts';
import { type CheckOptions, check } from '../../src/index.ts';
import { plainDefinition } from '../folder.ts';

const fixable = rules.map(({ name }) => name).filter((name) => checkFixture(name, 'bad.json').diagnostics.some(({ fix }) => fix));

test('the rules with a fix are these', () => {
  expect(fixable).toEqual(
    expect.arrayContaining([
      'authority-host',
      'get-secret-outputs',
      'operation-kind',
      'operation-options',
      'members',
      'pfx-straight',
      'secure-data-place',
    ]),
  );
});

test.each(fixable)('%s: what it fixes in its bad example is not found again', (name) => {
  const { text, diagnostics } = checkFixture(name, 'bad.json');
  const fixed = diagnostics.filter(({ fix }) => fix);
  const result = applyFixes(
    text,
    fixed.flatMap(({ fix }) => fix ?? []),
  );
  expect(result.applied).toHaveLength(fixed.length);
  const { definition, ...surroundings }: { definition: unknown } & CheckOptions = JSON.parse(result.text);
  const left = check(definition, { ...surroundings, pointer: '/definition' }).map(({ rule, pointer }) => `${rule} ${pointer}`);
  for (const { rule, pointer } of fixed) expect(left).not.toContain(`${rule} ${pointer}`);
});

const getSecret = {
  type: 'ApiConnection',
  inputs: {
    host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
    method: 'get',
    path: '/secrets/x/value',
  },
  runAfter: {},
};
const call = (authentication: object) => ({
  type: 'Http',
  inputs: {
    method: 'GET',
    uri: 'https://graph.microsoft.com/v1.0/me',
    authentication: { type: 'ActiveDirectoryOAuth', clientId: 'c', audience: 'https://graph.microsoft.com', ...authentication },
  },
  runAfter: { Get_secret: ['Succeeded'] },
  runtimeConfiguration: { secureData: { properties: ['inputs'] } },
});

/** The edits that the checker has for these actions. */
function editsFor(actions: Record<string, unknown>, options: CheckOptions = {}) {
  const parameters = { $connections: { type: 'Object', defaultValue: {} } };
  return check({ ...plainDefinition, parameters, actions }, { host: 'consumption', ...options }).flatMap(
    ({ fix }) => fix?.edits ?? [],
  );
}

test('nothing is hidden where the type is misspelled: the right one may take no hiding', () => {
  const keep = (type: string) => ({
    Get_secret: { ...getSecret, runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } },
    Shape: {
      type: 'Compose',
      inputs: "@body('Get_secret')?['value']",
      runAfter: { Get_secret: ['Succeeded'] },
      runtimeConfiguration: { secureData: { properties: ['inputs'] } },
    },
    Keep: {
      type,
      inputs: { variables: [{ name: 'x', type: 'string', value: "@outputs('Shape')" }] },
      runAfter: { Shape: ['Succeeded'] },
    },
  });
  expect(editsFor(keep('InitializeVariabe'))).toEqual([
    { kind: 'replace', pointer: '/actions/Keep/type', value: 'InitializeVariable' },
  ]);
  expect(editsFor(keep('InitializeVariable'))).toEqual([]);
});

describe('only what is certain', () => {
  const hidden = { ...getSecret, runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
  it.each<[what: string, actions: Record<string, unknown>]>([
    ['base64() of what is no secret', { Get_secret: hidden, Call: call({ tenant: 't', pfx: "@base64(body('Other'))" }) }],
    ['base64() of a text', { Get_secret: hidden, Call: call({ tenant: 't', pfx: "@base64('canary')" }) }],
    [
      'base64() that is not all',
      { Get_secret: hidden, Call: call({ tenant: 't', pfx: "@concat(base64(body('Get_secret')?['value']))" }) },
    ],
    [
      'an authority that alone tells the tenant',
      {
        Get_secret: hidden,
        Call: call({ authority: 'https://login.microsoftonline.com/contoso.com', pfx: "@body('Get_secret')?['value']" }),
      },
    ],
    ['secureData that is no list', { Get_secret: { ...getSecret, runtimeConfiguration: { secureData: 'all' } } }],
    [
      'settings that would come into force too',
      {
        A: {
          type: 'Compose',
          inputs: { runtimeConfiguration: { secureData: { properties: ['inputs'] }, paginationPolicy: {} } },
          runAfter: {},
        },
      },
    ],
    [
      'hiding what the operation cannot hide',
      { A: { type: 'Compose', inputs: { runtimeConfiguration: { secureData: { properties: ['outputs'] } } }, runAfter: {} } },
    ],
    [
      'a retry policy of a type that takes none',
      { A: { type: 'Compose', inputs: {}, retryPolicy: { type: 'none' }, runAfter: {} } },
    ],
  ])('%s is left to a person', (_, actions) => {
    expect(editsFor(actions)).toEqual([]);
  });

  it('no word that has two near it', () => {
    expect(spell('Month', ['Months', 'Monthh', 'Day'], '/x')).toBeUndefined();
    expect(spell('Mont', ['Month', 'MONTH', 'Day'], '/x')?.edits).toEqual([{ kind: 'replace', pointer: '/x', value: 'Month' }]);
  });

  it('nothing that ARM fills in', () => {
    const actions = { Get_secret: { ...getSecret, type: 'ApiConection' } };
    expect(editsFor(actions)).toHaveLength(1);
    expect(editsFor(actions, { filledIn: new Set(['/actions/Get_secret/type']) })).toEqual([]);
    expect(editsFor(actions, { filledIn: new Set(['/actions/Get_secret']) })).toEqual([]);
    expect(editsFor(actions, { filledIn: new Set(['/actions/Get_secrets']) })).toHaveLength(1);
  });
});

it('the pointers of a fix lead from the root of the file', () => {
  const definition = { ...plainDefinition, actions: { Get_secret: getSecret } };
  const [fix] = check(definition, { host: 'consumption', pointer: '/properties/definition' }).flatMap(({ fix }) => fix ?? []);
  expect(fix).toEqual({
    description: 'hide the inputs and outputs of "Get_secret"',
    edits: [
      {
        kind: 'add',
        pointer: '/properties/definition/actions/Get_secret/runtimeConfiguration',
        value: { secureData: { properties: ['inputs', 'outputs'] } },
      },
    ],
  });
});

it('outputs are added to a list that hides inputs', () => {
  const half = { ...getSecret, runtimeConfiguration: { secureData: { properties: ['inputs'] } } };
  expect(editsFor({ Get_secret: half })).toEqual([
    { kind: 'add', pointer: '/actions/Get_secret/runtimeConfiguration/secureData/properties/1', value: 'outputs' },
  ]);
});
