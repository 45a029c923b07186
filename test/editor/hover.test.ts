import { expect, test } from 'vitest';
import { hoverAt } from '../../src/editor/hover.ts';
import { symbolsOf } from '../../src/editor/symbols.ts';
import { definitionText, edited, withCursor } from './edited.ts';

const actions = `    "Get_secret": {
      "type": "ApiConnection",
      "inputs": { "host": { "connection": { "name": "@parameters('$connections')['keyvault']['connectionId']" } }, "method": "get", "path": "/secrets/@{encodeURIComponent('hr-cert')}/value" },
      "runAfter": {}
    },
    "Call": {
      "type": "Http",
      "inputs": {
        "method": "GET", "uri": "https://graph.microsoft.com/v1.0/sites",
        "authentication": { "type": "ActiveDirectoryOAuth", "tenant": "t", "audience": "https://graph.microsoft.com", "clientId": "c", "pfx": "@body('Get_secret')?['value']", "password": "" }
      },
      "runAfter": { "Get_secret": ["Succeeded"] }
    },
    "Tick\`s": { "type": "Compose", "inputs": "@addDays(utcNow(), length('a'))", "runAfter": {} }`;

const hover = (place: string) => {
  const text = definitionText(actions);
  const { offset } = withCursor(text.replace(place, `${place}|`));
  return hoverAt(edited(text), offset)?.markdown ?? '';
};

test('says how an action signs in, wherever its name stands', () => {
  expect(hover('"Cal')).toMatch(/Signs in: certificate.*audience `https:\/\/graph\.microsoft\.com`/s);
  expect(hover('"authenticatio')).toMatch(/Signs in: certificate/);
});

test('says what is read from the vault, and that it shows', () => {
  expect(hover("body('Get_se")).toMatch(/`ApiConnection`\n\nReads the secret .* outputs are \*\*shown/);
});

test('gives a function with its signature, and the type of what it gives', () => {
  expect(hover('@addDay')).toMatch(/addDays\(timestamp: .*\): a string\n```.*Gives a string\./s);
  expect(hover('length')).toContain('Gives an integer');
});

test('keeps names of files from being Markdown', () => {
  expect(hover('"Tick`')).toContain('`` Tick`s ``');
});

test('says nothing of plain values', () => {
  expect(hover('"https://graph.microsoft.com/v1')).toBe('');
});

test('outlines parameters, triggers and nested actions', () => {
  const text = definitionText(
    '"Each": { "type": "Foreach", "foreach": [1], "actions": { "In": { "type": "Compose", "inputs": 1, "runAfter": {} } }, "runAfter": {} }',
  );
  const outline = symbolsOf(edited(text)).map(({ kind, name, detail, children, selection, range }) => {
    expect(text.slice(selection.start.offset, selection.end.offset)).toBe(JSON.stringify(name));
    expect(range.start.offset).toBe(selection.start.offset);
    return [kind, name, detail, children.map((child) => child.name)];
  });
  expect(outline).toEqual([
    ['parameter', 'tenantId', 'String', []],
    ['trigger', 'manual', 'Request', []],
    ['action', 'Each', 'Foreach', ['In']],
  ]);
});
