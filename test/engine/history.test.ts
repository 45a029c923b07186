import { expect, it } from 'vitest';
import { historyOf } from '../../src/engine/run/history.ts';
import { compose, http, inTurn, run } from './run.ts';

const secret = 'c2VjcmV0LXBmeA';
const hidden = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } });
const getSecret = {
  type: 'ApiConnection',
  inputs: { host: { connection: { name: 'keyvault' } }, method: 'get', path: '/secrets/x/value' },
};
const mocks = [
  { action: 'Get_secret', answer: { body: { value: secret } } },
  { host: 'api.contoso.com', answer: {} },
];
const signedIn = http(undefined, {
  authentication: {
    type: 'ActiveDirectoryOAuth',
    tenant: 't',
    clientId: 'c',
    audience: 'a',
    pfx: "@body('Get_secret')?['value']",
    password: '',
  },
});
const shown = (actions: Record<string, object>) => {
  const ran = run(inTurn(actions as Record<string, Record<string, unknown>>), { mocks });
  return { ...ran, text: JSON.stringify(historyOf(ran)) };
};

it('shows what is not hidden', () => {
  expect(shown({ Get_secret: getSecret }).text).toContain(secret);
});

it('hides what is secured, and the inputs of what reads it', () => {
  const { action, text } = shown({ Get_secret: { ...getSecret, ...hidden('inputs', 'outputs') }, Call: signedIn });
  expect(action('Get_secret')?.hidden).toEqual(['inputs', 'outputs']);
  expect(action('Call')?.hidden).toEqual(['inputs']);
  expect(action('Call')?.history).toEqual({ outputs: { statusCode: 200 } });
  expect(text).not.toContain(secret);
});

it('hides what hands a secret on, and not what reads that', () => {
  const { action, text } = shown({
    Get_secret: { ...getSecret, ...hidden('outputs') },
    Copy: compose("@body('Get_secret')"),
    Again: compose("@outputs('Copy')"),
  });
  expect(action('Copy')?.hidden).toEqual(['inputs', 'outputs']);
  expect(action('Again')?.hidden).toEqual([]);
  expect(text).toContain(secret);
});

it('hides the inputs of what fails with a secret', () => {
  const { action, text } = shown({
    Get_secret: { ...getSecret, ...hidden('outputs') },
    Parse: { type: 'ParseJson', inputs: { content: "@body('Get_secret')?['value']", schema: {} } },
  });
  expect(action('Parse')).toMatchObject({ status: 'Failed', hidden: ['inputs'] });
  expect(text).not.toContain(secret);
});

it('tells of requests with hidden inputs only who asked whom', () => {
  const { requests, text } = shown({
    Get_secret: { ...getSecret, ...hidden('outputs') },
    Call: http("https://api.contoso.com/@{body('Get_secret')?['value']}"),
  });
  expect(requests[1]?.path).toBe(`/${secret}`);
  expect(text).not.toContain(secret);
});

it('shows no authentication in any case, nor an Authorization header', () => {
  const { text } = shown({
    Get_secret: getSecret,
    Call: http(undefined, {
      headers: { authorization: 'Bearer abc' },
      authentication: { type: 'Basic', username: 'u', password: 'p4ss' },
    }),
  });
  expect(text).toContain('"authentication":{"type":"Basic"}');
  expect(text).not.toContain('p4ss');
  expect(text).not.toContain('Bearer');
});

it('hides a response that reads a secret, and what the trigger hides', () => {
  const { response, text } = shown({
    Get_secret: { ...getSecret, ...hidden('outputs') },
    Answer: { type: 'Response', inputs: { statusCode: 200, body: "@body('Get_secret')" } },
  });
  expect(response?.body).toEqual({ value: secret });
  expect(text).not.toContain(secret);
  const ran = run(
    { It: compose('@triggerBody()') },
    { trigger: { body: secret } },
    { triggers: { when: { type: 'Request', ...hidden('outputs') } } },
  );
  expect(JSON.stringify(historyOf(ran))).not.toContain(secret);
});

it('leaves out variables that were given what is hidden', () => {
  const { text, variables } = shown({
    Get_secret: { ...getSecret, ...hidden('outputs') },
    Open: { type: 'InitializeVariable', inputs: { variables: [{ name: 'open', type: 'String', value: 'open' }] } },
    Start: { type: 'InitializeVariable', inputs: { variables: [{ name: 'Later', type: 'String' }] } },
    Set: { type: 'SetVariable', inputs: { name: 'later', value: "@body('Get_secret')?['value']" } },
    First: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'first', type: 'String', value: "@body('Get_secret')?['value']" }] },
    },
  });
  expect(variables).toEqual({ open: 'open', Later: secret, first: secret });
  expect(text).not.toContain(secret);
  expect(JSON.parse(text).variables).toEqual({ open: 'open' });
});
