import { expect, it } from 'vitest';
import { runDefinition } from '../../src/engine/run.ts';
import { runnable, type Workflow } from '../../src/test-runner/run-options.ts';

/** What a Compose of these inputs gives in a workflow with these surroundings. */
function composed(inputs: unknown, around: Omit<Workflow, 'definition'>, given = {}) {
  const workflow = {
    definition: {
      parameters: { own: { type: 'String', defaultValue: 'x' } },
      triggers: { manual: { type: 'Request' } },
      actions: { It: { type: 'Compose', inputs } },
    },
    ...around,
  };
  const { definition, options } = runnable(workflow, given);
  const [action] = runDefinition(definition, options).actions;
  return action?.outputs ?? action?.error?.message;
}

it('takes the values that the file has of the parameters, and those that are given before them', () => {
  const parameters = { own: { value: 'file' }, other: { value: 1 } };
  expect(composed("@parameters('own')", { parameters })).toBe('file');
  expect(composed("@parameters('own')", { parameters }, { parameters: { own: 'given' } })).toBe('given');
  // Outside of Standard a parameter is declared in the definition.
  expect(composed("@parameters('other')", { parameters })).toContain("no value of the parameter 'other'");
});

it('takes the parameters of an app of Standard, with settings that are given', () => {
  const parameters = {
    a: { type: 'String', value: "@appsetting('A')" },
    b: { type: 'String', value: "https://@{appsetting('A')}/@{appsetting('B')}" },
    n: { type: 'Int', value: 3 },
  };
  const of = (inputs: unknown, appSettings = {}) => composed(inputs, { host: 'standard', parameters }, { appSettings });
  expect(of("@parameters('n')")).toBe(3);
  expect(of("@parameters('A')", { a: 'one' })).toBe('one');
  expect(of("@parameters('b')", { A: 'one', B: 'two' })).toBe('https://one/two');
  expect(of("@parameters('b')", { A: 'one' })).toContain("no value of the parameter 'b'");
});

it('knows the workflow by its name, and a flow by its tags', () => {
  expect(composed('@workflow().name', { name: 'orders' })).toBe('orders');
  expect(composed("@workflow()['tags']['flowDisplayName']", { name: 'orders', host: 'power-automate' })).toBe('orders');
  expect(composed("@workflow()?['tags']?['flowDisplayName']", { name: 'orders', host: 'consumption' })).toBeUndefined();
});
