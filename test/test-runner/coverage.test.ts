import { expect, test } from 'vitest';
import { runDefinition } from '../../src/engine/run.ts';
import { coverageOf, merged, unreached } from '../../src/test-runner/coverage.ts';

const compose = (runAfter: object = {}) => ({ type: 'Compose', inputs: 1, runAfter });
const definition = {
  triggers: { manual: { type: 'Request', kind: 'Http' } },
  actions: {
    Ask: { type: 'Http', inputs: { method: 'GET', uri: 'https://a.example' }, runAfter: {} },
    'Is well': {
      type: 'If',
      expression: { equals: ["@triggerBody()?['n']", 1] },
      actions: { Yes: compose() },
      runAfter: { Ask: ['Succeeded'] },
    },
    'Which/one': {
      type: 'Switch',
      expression: "@triggerBody()?['n']",
      cases: { One: { case: 1, actions: { A: compose() } }, 'Two~': { case: 2, actions: {} } },
      runAfter: { 'is well': ['Succeeded'] },
    },
    Sorry: compose({ Ask: ['Failed', 'TimedOut'] }),
    Each: {
      type: 'Foreach',
      foreach: "@coalesce(triggerBody()?['list'], createArray())",
      actions: {
        Try: { type: 'ParseJson', inputs: { content: '@item()', schema: { type: 'integer' } } },
        Catch: compose({ Try: ['FAILED'] }),
        Both: compose({ Try: ['Succeeded', 'Failed'] }),
        Never: compose({ Both: ['TimedOut'] }),
      },
      runAfter: {},
    },
  },
};
const run = (body: unknown, answer = {}) => runDefinition(definition, { trigger: { body }, mocks: [{ action: 'Ask', answer }] });
const missedBy = (...runs: ReturnType<typeof run>[]) => unreached(coverageOf(definition, runs)).map(({ words }) => words);

test('what no case reaches is told: actions, branches, and states after which an action runs', () => {
  expect(missedBy(run({ n: 1, list: [1] }))).toEqual([
    'finds the condition "Is well" false',
    'takes the case "Two~" of "Which/one"',
    'takes no case of "Which/one"',
    'runs "Sorry"',
    'runs "Catch"',
    'runs "Both" after "Try" is Failed',
    'runs "Never"',
  ]);
});

test('several runs reach more, rounds of a loop each for itself, and branches without actions', () => {
  expect(missedBy(run({ n: 2, list: [1, 'x'] }), run({ n: 3 }), run({}, { status: 404 }), run({ n: 1 }))).toEqual([
    'runs "Sorry" after "Ask" is TimedOut',
    'runs "Never"',
  ]);
});

test('a run that does not start reaches nothing, and the pointers are those of the definition', () => {
  const parts = coverageOf(definition, []);
  expect(parts.filter(({ isReached }) => isReached)).toEqual([]);
  expect(parts.map(({ pointer }) => pointer)).toContain('/actions/Which~1one/cases/Two~0/actions');
  expect(parts.map(({ pointer }) => pointer)).toContain('/actions/Sorry/runAfter/Ask/1');
  expect(parts.map(({ pointer }) => pointer)).toContain('/actions/Is well/else/actions');
});

test('what one test file leaves out another one reaches', () => {
  const all = [coverageOf(definition, [run({ n: 1 })]), coverageOf(definition, [run({ n: 2 })])];
  expect(unreached(merged(all)).map(({ words }) => words)).not.toContain('takes the case "Two~" of "Which/one"');
  expect(unreached(merged(all)).map(({ words }) => words)).toContain('takes no case of "Which/one"');
});
