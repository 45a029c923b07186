import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { firstTest } from '../../src/test-runner/first-test.ts';
import { runTests } from '../../src/test-runner/run-tests.ts';
import { parseTestFile } from '../../src/test-runner/test-file.ts';

/** The test that is made of a workflow, with what it comes to. */
function made(definition: Record<string, unknown>, around = {}) {
  const workflow = { definition, ...around };
  const { text } = firstTest(workflow, { workflow: 'w.json' });
  const { cases, mistakes } = runTests(parseTestFile(text, 'w.certflow-test.yaml'), workflow);
  return { file: parse(text), failures: cases.flatMap(({ failures }) => failures), mistakes };
}
const http = (name: string, more: object = {}) => ({
  [name]: { type: 'Http', inputs: { method: 'GET', uri: `https://${name.toLowerCase()}.example/a` }, runAfter: {}, ...more },
});
const manual = { manual: { type: 'Request', kind: 'Http', inputs: {} } };

test('a workflow that reads answers and its body is answered, and passes', () => {
  const { file, failures, mistakes } = made({
    parameters: { tenant: { type: 'String' }, count: { type: 'Int' }, set: { type: 'String', defaultValue: 'x' } },
    triggers: {
      manual: {
        type: 'Request',
        kind: 'Http',
        inputs: {
          schema: { type: 'object', properties: { id: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } } },
        },
      },
    },
    actions: {
      ...http('Ask'),
      Each: {
        type: 'Foreach',
        foreach: "@body('Ask')?['value']",
        actions: { Title: { type: 'Compose', inputs: "@items('Each')?['title']" } },
        runAfter: { Ask: ['Succeeded'] },
      },
      Day: { type: 'Compose', inputs: "@addDays(body('Ask')?['when'], triggerBody()?['id'])", runAfter: { Ask: ['Succeeded'] } },
      Map: { type: 'Liquid', kind: 'JsonToJson', inputs: {}, runAfter: {} },
    },
  });
  expect([failures, mistakes]).toEqual([[], []]);
  expect(file.parameters).toEqual({ tenant: 'text', count: 1 });
  expect(file.mocks.map(({ action }: { action: string }) => action)).toEqual(['Ask', 'Map']);
  expect(file.cases[0]).toMatchObject({
    name: 'all goes well',
    trigger: { body: { id: 1, tags: ['text'] } },
    expect: {
      status: 'Succeeded',
      actions: { Ask: 'Succeeded', Day: 'Succeeded' },
      requests: [{ action: 'Ask', method: 'GET', host: 'ask.example' }],
    },
  });
});

test('what a vault gives is expected to be hidden', () => {
  const hidden = { runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
  const reads = { Use: { type: 'Compose', inputs: "@concat(body('Get')?['value'], '!')", runAfter: { Get: ['Succeeded'] } } };
  const { file, failures } = made({ triggers: manual, actions: { ...http('Get', hidden), ...reads } });
  expect(failures).toEqual([]);
  expect(file.cases[0].expect).toMatchObject({ actions: { Get: { status: 'Succeeded', hidden: ['inputs', 'outputs'] } } });
  expect(file.cases[0].expect.secrets).toEqual([file.mocks[0].answer.body.value]);
});

test('mocks that nobody asks are not written, and a run that fails is expected to', () => {
  const { file, failures, mistakes } = made({
    triggers: manual,
    actions: {
      Bad: { type: 'ParseJson', inputs: { content: 'x', schema: { type: 'integer' } }, runAfter: {} },
      ...http('After', { runAfter: { Bad: ['Succeeded'] } }),
    },
  });
  expect([failures, mistakes]).toEqual([[], []]);
  expect(file).not.toHaveProperty('mocks');
  expect(file.cases[0]).toMatchObject({ name: 'the run is Failed', expect: { status: 'Failed', actions: { After: 'Skipped' } } });
});

test('of several triggers the first one fires, and what is no body and no header is given as a whole', () => {
  const { file, failures } = made({
    triggers: { ...manual, Other: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
    actions: { Read: { type: 'Compose', inputs: "@triggerOutputs()?['statusCode']", runAfter: {} } },
  });
  expect(failures).toEqual([]);
  expect(file.cases[0].trigger).toEqual({ name: 'manual', outputs: { headers: {}, queries: {}, statusCode: 'text' } });
});
