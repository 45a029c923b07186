import { expect, test } from 'vitest';
import { runDefinition } from '../../src/engine/run.ts';
import { changes, snapshotOf } from '../../src/test-runner/snapshot.ts';

const secret = 'c2VjcmV0LXBmeA';
const hiding = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } });
/** Secrets that history shows all the same: in a name, in a text around it, in a variable, in the outputs, in an error. */
const definition = {
  triggers: { manual: { type: 'Request', kind: 'Http' } },
  actions: {
    Get: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://vault.example/x' },
      runAfter: {},
      ...hiding('inputs', 'outputs'),
    },
    Name: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'v', type: 'String', value: "@body('Get')" }] },
      runAfter: { Get: ['Succeeded'] },
    },
    Copy: { type: 'Compose', inputs: "@variables('v')", runAfter: { Name: ['Succeeded'] } },
    Around: { type: 'Compose', inputs: { "@{variables('v')}": "Bearer @{variables('v')}." }, runAfter: { Copy: ['Succeeded'] } },
    Fail: {
      type: 'ParseJson',
      inputs: { content: "@variables('v')", schema: { type: 'integer' } },
      runAfter: { Around: ['Succeeded'] },
    },
    Send: {
      type: 'Http',
      inputs: { method: 'POST', uri: "https://other.example/@{variables('v')}" },
      runAfter: { Fail: ['Failed'] },
    },
    Plain: { type: 'Compose', inputs: 'GET', runAfter: { Send: ['Succeeded'] } },
  },
  outputs: { o: { type: 'String', value: "@variables('v')" } },
};
const ran = (body: unknown = secret) =>
  runDefinition(definition, { mocks: [{ action: 'Get', answer: { body } }, { action: 'Send' }] });

test('no secured value is written down, wherever the workflow shows it', () => {
  const text = JSON.stringify(snapshotOf(ran(), definition));
  expect(JSON.stringify(ran().actions)).toContain(secret);
  expect(text).not.toContain(secret);
  expect(text).toContain('Bearer (secured).');
  // What stands in the definition is no secret, though the inputs of Get are hidden.
  expect(text).toContain('"outputs":"GET"');
  expect(text).not.toMatch(/startTime|endTime|"at"/);
});

test('a run that is the same is the same, and another one tells where', () => {
  const known = { a: snapshotOf(ran(), definition) };
  expect(changes('a', snapshotOf(ran(), definition), known)).toEqual([]);
  expect(changes('b', snapshotOf(ran(), definition), known)[0]?.message).toContain('not written down yet');
  const other = { ...definition, actions: { ...definition.actions, Plain: { ...definition.actions.Plain, inputs: 'PUT' } } };
  const run = runDefinition(other, { mocks: [{ action: 'Get', answer: { body: secret } }, { action: 'Send' }] });
  expect(changes('a', snapshotOf(run, other), known)).toEqual([
    {
      pointer: '/expect/snapshot',
      message:
        'the run has changed at /actions/6/inputs: "GET" is expected, and it is "PUT"; "certflow test --update" takes it as right',
    },
  ]);
});

test('more than was written down is a change too', () => {
  const known = { a: { status: 'Succeeded' } };
  expect(changes('a', { status: 'Succeeded', response: { status: 200 } }, known)[0]?.message).toContain(
    'changed at /response: it has what was not written down',
  );
});
