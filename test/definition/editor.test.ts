import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';

const schema = JSON.parse(readFileSync(new URL('../../schemas/definition.schema.json', import.meta.url), 'utf8'));
const service = getLanguageService({});
service.configure({ schemas: [{ uri: 'certflow://definition', fileMatch: ['*'], schema }] });

/** A file as an editor has it; `|` is where the cursor stands. */
function opened(marked: string) {
  const document = TextDocument.create('file:///definition.json', 'json', 1, marked.replace('|', ''));
  return { document, json: service.parseJSONDocument(document), cursor: document.positionAt(marked.indexOf('|')) };
}

const inAction = (text: string) => `{ "triggers": {}, "actions": { "A": ${text} } }`;
const inNested = (text: string) =>
  inAction(
    `{ "type": "Scope", "actions": { "If": { "type": "If", "expression": true, "else": { "actions": { "B": ${text} } } } } }`,
  );

async function proposed(marked: string): Promise<string[]> {
  const { document, json, cursor } = opened(marked);
  return ((await service.doComplete(document, cursor, json))?.items ?? []).map(({ label }) => label);
}

describe('what an editor proposes', () => {
  test.each<[string, string, readonly string[]]>([
    ['members of a definition', '{ | }', ['triggers', 'actions', 'parameters', 'contentVersion']],
    ['members of an action', inAction('{ | }'), ['type', 'inputs', 'runAfter', 'runtimeConfiguration']],
    ['members of a trigger', '{ "triggers": { "T": { | } } }', ['type', 'recurrence', 'splitOn']],
    ['types of actions', inAction('{ "type": "|" }'), ['"Http"', '"Compose"', '"ApiConnection"']],
    ['types of triggers', '{ "triggers": { "T": { "type": "|" } } }', ['"Recurrence"', '"Request"']],
    [
      'inputs of an HTTP action',
      inAction('{ "type": "Http", "inputs": { | } }'),
      ['method', 'uri', 'authentication', 'headers', 'retryPolicy'],
    ],
    ['… in a branch in a scope', inNested('{ "type": "Http", "inputs": { | } }'), ['method', 'uri', 'authentication']],
    ['… whose type is in another case', inAction('{ "type": "http", "inputs": { | } }'), ['method', 'uri']],
    ['methods', inAction('{ "type": "Http", "inputs": { "method": "|" } }'), ['"GET"', '"POST"']],
    [
      'ways to sign in',
      inAction('{ "type": "Http", "inputs": { "authentication": { "type": "|" } } }'),
      ['"ActiveDirectoryOAuth"', '"ManagedServiceIdentity"'],
    ],
    [
      'members of one way',
      inAction('{ "type": "Http", "inputs": { "authentication": { "type": "ActiveDirectoryOAuth", | } } }'),
      ['tenant', 'audience', 'clientId', 'pfx', 'password'],
    ],
    [
      'members of another',
      inAction('{ "type": "Http", "inputs": { "authentication": { "type": "Basic", | } } }'),
      ['username', 'password'],
    ],
    ['settings of an action', inAction('{ "type": "Http", "runtimeConfiguration": { | } }'), ['secureData', 'concurrency']],
    [
      'what can be hidden',
      inAction('{ "type": "Http", "runtimeConfiguration": { "secureData": { "properties": ["|"] } } }'),
      ['"inputs"', '"outputs"'],
    ],
    ['ends of an action', inAction('{ "type": "Http", "runAfter": { "B": ["|"] } }'), ['"Succeeded"', '"Failed"']],
    ['frequencies', '{ "triggers": { "T": { "type": "Recurrence", "recurrence": { "frequency": "|" } } } }', ['"Day"', '"Week"']],
    [
      'types of a variable',
      inAction('{ "type": "InitializeVariable", "inputs": { "variables": [{ "type": "|" }] } }'),
      ['"String"', '"Integer"'],
    ],
    ['kinds of a request', '{ "triggers": { "T": { "type": "Request", "kind": "|" } } }', ['"Http"', '"PowerAppV2"']],
    [
      'ways to try again',
      inAction('{ "type": "Http", "inputs": { "retryPolicy": { "type": "|" } } }'),
      ['"none"', '"exponential"'],
    ],
  ])('%s', async (_, marked, wanted) => {
    expect(await proposed(marked)).toEqual(expect.arrayContaining([...wanted]));
  });

  test('nothing that belongs to another type, and no null', async () => {
    expect(await proposed(inAction('{ "type": "Compose", | }'))).not.toContain('method');
    expect(await proposed(inAction('{ "type": "ParseJson", "inputs": { | } }'))).not.toContain('uri');
    expect(await proposed(inAction('{ "type": "Http", "inputs": { "authentication": { "type": "Basic", | } } }'))).not.toContain(
      'pfx',
    );
    for (const marked of [
      '{ "type": "Http", "inputs": { "method": | } }',
      '{ "type": |',
      '{ "type": "Http", "inputs": { "authentication": |',
    ])
      expect(await proposed(inAction(marked)), marked).not.toContain('null');
  });
});

describe('what an editor underlines', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'a request without its members',
      inAction('{ "type": "Http", "inputs": {} }'),
      ['"inputs": Missing property "method".', '"inputs": Missing property "uri".'],
    ],
    [
      '… in a branch in a scope',
      inNested('{ "type": "Http", "inputs": { "method": "GET" } }'),
      ['"inputs": Missing property "uri".'],
    ],
    [
      'a word that there is not',
      inAction('{ "type": "Http", "inputs": { "method": "GTE", "uri": "x" } }'),
      ['"GTE": Value is not accepted. Valid values: "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE".'],
    ],
    [
      'a member in the wrong place',
      inAction('{ "type": "Compose", "inputs": 1, "retryPolicy": {} }'),
      ['"retryPolicy": Property retryPolicy is not allowed.'],
    ],
    ['an action without a type', inAction('{ "inputs": 1 }'), ['"A": Missing property "type".']],
    [
      'a value of the wrong type',
      inAction('{ "type": "Http", "inputs": { "method": "GET", "uri": "x", "headers": 5 } }'),
      ['5: Incorrect type. Expected "object".'],
    ],
    ['text where a group belongs', inAction('{ "type": "Http", "inputs": "x" }'), ['"x": Incorrect type. Expected "object".']],
    [
      'what cannot be hidden',
      inAction('{ "type": "Compose", "inputs": 1, "runtimeConfiguration": { "secureData": { "properties": ["output"] } } }'),
      ['"output": Value is not accepted. Valid values: "inputs", "outputs".'],
    ],
    [
      'nothing of an action that is right',
      inAction(
        '{ "type": "HTTP", "inputs": { "method": "get", "uri": "@{parameters(\'a\')}/x", "retryPolicy": "@triggerBody()" } }',
      ),
      [],
    ],
  ])('%s', async (_, text, expected) => {
    const { document, json } = opened(text);
    const found = await service.doValidation(document, json);
    expect(found.map(({ range, message }) => `${document.getText(range)}: ${message}`)).toEqual(expected);
  });
});

test.each<[string, string, string]>([
  ['a member of an HTTP action', inAction('{ "type": "Http", "inputs": { "|uri": "x" } }'), 'The address to call.'],
  [
    'a member of a sign-in',
    inAction('{ "type": "Http", "inputs": { "authentication": { "type": "ActiveDirectoryOAuth", "|tenant": "x" } } }'),
    'The tenant that the application is registered in.',
  ],
  [
    'the same word in another sign-in',
    inAction('{ "type": "Http", "inputs": { "authentication": { "type": "Basic", "|password": "x" } } }'),
    'Its password, from a secure parameter.',
  ],
  ['a member of every action', inAction('{ "type": "Http", "|runAfter": {} }'), 'The actions beside this one that it waits for'],
  ['a branch', inAction('{ "type": "If", "|else": { "actions": {} } }'), 'What an If does where its condition does not hold.'],
  [
    'a recurrence',
    '{ "triggers": { "T": { "type": "Recurrence", "recurrence": { "|frequency": "Day" } } } }',
    'Second, Minute, Hour, Day, Week, Month or Year.',
  ],
])('an editor tells of %s what it is', async (_, marked, text) => {
  const { document, json, cursor } = opened(marked);
  const hover = JSON.stringify((await service.doHover(document, cursor, json))?.contents);
  // Markdown escapes what could be read as its own.
  expect(hover.replaceAll('\\\\', '')).toContain(text);
});
