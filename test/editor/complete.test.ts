import { describe, expect, test } from 'vitest';
import { completeAt } from '../../src/editor/complete.ts';
import { EditedWorkflow } from '../../src/editor/workflow.ts';
import { definitionText, edited, withCursor } from './edited.ts';

const before = `    "Read": { "type": "ParseJson", "inputs": { "content": "@triggerBody()", "schema": { "type": "object", "properties": { "rows": { "type": "array" }, "it's": {} } } }, "runAfter": {} },
    "Make": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "total", "type": "integer" }] }, "runAfter": { "Read": ["Succeeded"] } },
    "Beside": { "type": "Compose", "inputs": 1, "runAfter": {} },`;

/** What is proposed at the mark of a last action, and the text with the proposal of that name. The workflow is of the text without the mark. */
function proposed(action: string, name?: string) {
  const { text, offset } = withCursor(definitionText(`${before}\n    ${action}`));
  const found = completeAt(
    edited(definitionText(`${before}\n    "Use": { "type": "Compose", "inputs": "x", "runAfter": { "Make": ["Succeeded"] } }`)),
    text,
    offset,
  );
  const one = found?.proposals.find(({ label }) => label === name);
  const after = one && found && text.slice(0, offset - found.replaces) + (one.text ?? one.label) + text.slice(offset);
  return { labels: found?.proposals.map(({ label }) => label) ?? [], after };
}

const use = (inputs: string, after = '{ "Make": ["Succeeded"] }') =>
  `"Use": { "type": "Compose", "inputs": ${inputs}, "runAfter": ${after} }`;

describe('in expressions', () => {
  test('functions', () => {
    const { labels, after } = proposed(use('"@conc|"'), 'concat');
    expect(labels).toContain('triggerBody');
    expect(after).toContain('"@concat"');
  });

  test('actions that have run before, not the others', () => {
    expect(proposed(use(`"@body('|')"`)).labels).toEqual(['Read', 'Make']);
  });

  test('members of what an action gives, escaped as they must be', () => {
    const { labels, after } = proposed(use(`"@body('Read')?['|']"`), "it's");
    expect(labels).toEqual(['rows', "it's"]);
    expect(after).toContain(`"@body('Read')?['it''s']"`);
  });

  test('variables and parameters', () => {
    expect(proposed(use(`"a @{variables('|')}"`)).labels).toEqual(['total']);
    expect(proposed(use(`"@parameters('t|')"`)).labels).toEqual(['tenantId']);
  });

  test('nothing in plain text', () => {
    expect(proposed(use('"mail@contoso.com|"')).labels).toEqual([]);
  });
});

describe('in JSON', () => {
  test('what an action may run after', () => {
    const { labels, after } = proposed(use('1', '{ "|" }'), 'Beside');
    expect(labels).toEqual(['Read', 'Beside']);
    expect(after).toContain('{ "Beside" }');
  });

  test('members that the type of the action has', () => {
    expect(proposed('"Use": { "type": "Foreach", | }').labels).toEqual(
      expect.arrayContaining(['foreach', 'actions', 'runAfter']),
    );
  });

  test('a key that is not begun comes with quotes and colon', () => {
    expect(proposed('"Use": { "type": "Compose", | }', 'inputs').after).toContain('"inputs": ');
  });

  test('values that the schema names', () => {
    const { labels } = proposed('"Use": { "type": "|" }');
    expect(labels).toEqual(expect.arrayContaining(['Http', 'Compose', 'Foreach']));
  });
});

describe('connections', () => {
  const call = (host: string) =>
    definitionText(
      `    "Read": { "type": "ApiConnection", "inputs": { "host": ${host}, "method": "get", "path": "/x" }, "runAfter": {} }`,
    );
  const labels = (host: string, surroundings: object) => {
    const { text, offset } = withCursor(call(host));
    const workflow = new EditedWorkflow({ ...edited(text).opened, ...surroundings });
    return completeAt(workflow, text, offset)?.proposals.map(({ label }) => label);
  };

  test('of a Logic App, in its expression', () => {
    const parameters = { $connections: { value: { keyvault: {}, office365: {} } } };
    expect(labels(`{ "connection": { "name": "@parameters('$connections')['key|']" } }`, { parameters })).toEqual([
      'keyvault',
      'office365',
    ]);
  });

  test('of a Standard app and of a flow, by their names', () => {
    const connections = { managedApiConnections: { keyvault: {} }, serviceProviderConnections: { sql: {} } };
    expect(labels('{ "connection": { "referenceName": "k|" } }', { host: 'standard', connections })).toEqual(['keyvault']);
    expect(
      labels('{ "connectionName": "|" }', { host: 'power-automate', connectionReferences: { shared_keyvault: {} } }),
    ).toEqual(['shared_keyvault']);
  });
});
