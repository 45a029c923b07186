import { expect, it, test } from 'vitest';
import { hideSource } from '../../src/diagnostics/hide-source.ts';

it.each([
  ['{"authentication":{"a":"}\\"{","b":[1]},"c":2}', '{"authentication":**********************,"c":2}'.length],
  ['{"authentication": "@parameters(\'x\')", "c": 1}', 0],
  ['{"authentication":\n{\n"a":1\n}\n,"c":"authentication"}', 0],
])('hides %s', (text) => {
  const shown = hideSource(text);
  expect(shown).toHaveLength(text.length);
  expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  expect(shown).toMatch(/"c": ?(2|1|"authentication")\}$/);
  expect(shown.slice(0, shown.indexOf('"c"'))).toMatch(/^\{"authentication": ?[*\n]+, ?$/);
});

it('hides to the end what is cut off, and survives what is no JSON', () => {
  expect(hideSource('{"authentication":{"a":"secr')).toBe(`{"authentication":${'*'.repeat(10)}`);
  expect(hideSource('{"authentication":')).toBe('{"authentication":');
  expect(hideSource('{"authentication":}')).toBe('{"authentication":}');
  expect(hideSource('{"a":1}')).toBe('{"a":1}');
  const long = `{"authentication":{"a":"${'\\"x'.repeat(1_000_000)}"},"b":1}`;
  expect(hideSource(long).endsWith('*,"b":1}')).toBe(true);
});

it.each([
  ['a key written with escapes', '{"authenticati\\u006fn":{"x":{"y":"canary"}}}'],
  ['one of a secret', '{"p\\u0061ssword":"canary"}'],
  ['a password', '{"password": "canary"}'],
  ['a number', '{"pwd": 1234canary}'],
  [
    'a name of several words',
    '{"clientSecret":"canary","access_token":"canary","x-functions-key":"canary","Set-Cookie":"canary"}',
  ],
  ['a list', '{"tokens":["canary","canary"]}'],
  ['a value of a parameter', '{"password":{"type":"string","defaultValue":"canary"}}'],
  ['a variable', '{"variables":[{"name":"apiKey","type":"string","value":"canary"}]}'],
  ['a variable that is named last', '[{"value":"canary","name":"token"}]'],
  ['an expression with a text of its own', `{"secret":"@concat('can','ary')canary"}`],
  ['JSON in a text', '{"body":"{\\"password\\":\\"canary\\"}"}'],
  ['a form in a text', '{"body":"grant_type=x&client_secret=canary&scope=y"}'],
  ['an address', '{"uri":"https://user:canary@host/x"}'],
  ['a signature written with escapes', '{"uri":"https://host/x?a=b\\u0026sig\\u003dcanaryabcdefghijklmnop"}'],
  ['broken JSON', '{"a: "b", "password": "canary", "authentication": {"value": "canary"}}'],
  ['JSON with comments', '// it\'s "x\n{ /* " */ "password": "canary" }'],
  ['YAML', 'a: 1\nrequests:\n  - password: canary # x\n    token: "canary"\n    x: { secret: canary, b: 1 }\n'],
])('hides in %s', (_, text) => {
  const shown = hideSource(text);
  expect(shown).toHaveLength(text.length);
  expect(shown).not.toContain('canary');
  expect(shown).toContain('*****');
});

it.each([
  `{"secret":"@body('Get_secret')?['value']","token":"@{parameters('t')}"}`,
  '{"runAfter":{"Get_secret":["Succeeded","TimedOut"]}}',
  '{"Get_secret":{"type":"ApiConnection","inputs":{"path":"/secrets/@{encodeURIComponent(\'name\')}/value"}}}',
  '{"partitionKey":"a","keyVault":"b","secretName":"c","tokenUrl":"d","passwordless":true}',
  '{"uri":"https://host:443@{variables(\'path\')}","password":"","secret":null}',
  '{"key":"[parameters(\'key\')]","type":"SecureString"}',
  'certificate: { name: sharepoint-cert }\nvault: { name: kv }\n',
])('shows %s', (text) => {
  expect(hideSource(text)).toBe(text);
});

test('places of findings are hidden, however they lie', () => {
  expect(
    hideSource('{"a":"bcdef"}', [
      [7, 9],
      [6, 8],
      [8, 9],
    ]),
  ).toBe('{"a":"***ef"}');
});
