import { describe, expect, test } from 'vitest';
import { applyTextEdits } from '../../src/document/text-edits.ts';
import { declarationsOf, nameAt, renameEdits, sameNames } from '../../src/editor/names.ts';
import { definitionText, edited, withCursor } from './edited.ts';

const actions = `    "First one": { "type": "Compose", "inputs": "a\\u0041\\n @{parameters('tenantId')}", "runAfter": {} },
    "Count": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer" }] }, "runAfter": { "First one": ["Succeeded"] } },
    "Each": {
      "type": "Foreach", "foreach": "@outputs('first ONE')", "runAfter": { "Count": ["Succeeded"] },
      "actions": {
        "Add": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 }, "runAfter": {} },
        "Keep": { "type": "Compose", "inputs": { "@{outputs('First one')}": "\\"quoted\\" @{items('Each')} @{variables('N')} @{outputs('First one')}" }, "runAfter": { "Add": ["Succeeded"] } }
      }
    }`;

/** The text with a name at the mark renamed. */
function renamed(marked: string, newName: string): string {
  const { text, offset } = withCursor(marked);
  const workflow = edited(text);
  const name = nameAt(workflow, offset);
  if (!name) throw new Error('no name there');
  return applyTextEdits(text, renameEdits(workflow, name, newName));
}

const marked = (before: string, text = definitionText(actions)) => text.replace(before, `${before}|`);

describe('renaming', () => {
  test('changes a name in keys, runAfter, expressions and keys that are expressions, and nothing else', () => {
    const after = renamed(marked('"First on'), `it's "new"`);
    expect(after).toBe(
      definitionText(
        actions
          .replaceAll('"First one":', String.raw`"it's \"new\"":`)
          .replaceAll("('First one')", String.raw`('it''s \"new\"')`)
          .replaceAll("('first ONE')", String.raw`('it''s \"new\"')`),
      ),
    );
  });

  test('starts from any of its places', () => {
    const expected = renamed(marked('"First on'), 'Other');
    for (const place of ["outputs('first ON", '"runAfter": { "First on', '"@{outputs(\'Firs'])
      expect(renamed(marked(place), 'Other'), place).toBe(expected);
  });

  test('changes a variable where it is made, changed and read', () => {
    const after = renamed(marked('"name": "n'), 'total');
    expect(after).toBe(definitionText(actions.replaceAll('"name": "n"', '"name": "total"').replace("('N')", "('total')")));
  });

  test('changes a loop with what its items are asked by', () => {
    expect(renamed(marked('"Each'), 'Rows')).toContain("@{items('Rows')}");
  });

  test.for([
    ['', 'not empty'],
    [' x', 'blanks'],
    ['x'.repeat(81), '80 characters'],
    ['a@b', '"@"'],
    ['COUNT', 'there is another action "COUNT"'],
    ['x.', 'period'],
  ])('refuses "%s"', ([name = '', words = '']) => {
    expect(() => renamed(marked('"First on'), name)).toThrow(words);
  });

  test('takes another case of its own name', () => {
    expect(renamed(marked('"First on'), 'FIRST ONE')).toContain('"FIRST ONE": {');
  });

  test('leaves parameters, which others give values to', () => {
    expect(() => renamed(marked('"tenantI'), 'tenant')).toThrow('outside of this file');
  });

  test('refuses all of it where a template fills in one of the places', () => {
    const text = JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      variables: { expression: "@{outputs('One')}" },
      resources: [
        {
          type: 'Microsoft.Logic/workflows',
          apiVersion: '2019-05-01',
          name: 'wf',
          location: 'westeurope',
          properties: {
            definition: {
              ...JSON.parse(definitionText('')),
              actions: {
                One: { type: 'Compose', inputs: 1, runAfter: {} },
                Two: { type: 'Compose', inputs: "[variables('expression')]", runAfter: { One: ['Succeeded'] } },
              },
            },
          },
        },
      ],
    });
    expect(() => renamed(marked('"One', text), 'Uno')).toThrow('cannot be renamed here');
  });
});

describe('finding', () => {
  const at = (place: string) => {
    const { text, offset } = withCursor(marked(place));
    const workflow = edited(text);
    const name = nameAt(workflow, offset);
    if (!name) throw new Error('no name there');
    return { text, workflow, name };
  };

  test('leads from a use to the declaration', () => {
    const { text, workflow, name } = at("variables('");
    const [range] = declarationsOf(workflow, name);
    expect(range && text.slice(range.start.offset, range.end.offset)).toBe('"n"');
    expect(range && text.slice(0, range.start.offset)).toMatch(/"variables": \[\{ "name": $/);
  });

  test('lists every use in the order of the text, with the declaration or without', () => {
    const { text, workflow, name } = at('"First on');
    const words = sameNames(workflow, name).map(({ start, end }) => text.slice(start.offset, end.offset));
    expect(words).toEqual(['"First one"', '"First one"', "'first ONE'", "'First one'", "'First one'"]);
    expect(sameNames(workflow, name, false)).toHaveLength(4);
  });

  test('knows no name in a plain text', () => {
    const { text, offset } = withCursor(marked('"a\\u0041'));
    expect(nameAt(edited(text), offset)).toBeUndefined();
  });
});
