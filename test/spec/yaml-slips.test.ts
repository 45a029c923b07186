import { expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/parse.ts';
import { SpecError } from '../../src/spec/spec-error.ts';

const sound = `name: hr-lists
description: Reads the lists
trigger:
  recurrence: { frequency: Day, interval: 1 }
appRegistration:
  tenantId: contoso.com
  displayName: HR reader
vault: { name: kv-hr }
certificate:
  name: c
requests:
  - name: Get lists
    url: https://contoso.sharepoint.com/sites/hr/_api/web/lists
    headers: { accept: application/json }
targets:
  consumption:
    location: westeurope
`;

function changed(from: string, to: string, text = sound): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

/** What is told of a text: line and column, message, what to do. */
function told(text: string): string[] {
  try {
    parseSpec(text);
    return [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.diagnostics.map(({ range, message, help }) => {
      const { line, column } = range?.start ?? { line: 0, column: 0 };
      return `${line}:${column} ${message}; ${help}`;
    });
  }
}

const tab = 'a tab is in the indentation; write blanks: YAML takes no tabs there';
const alike = 'indent all keys of a group alike';

test.each([
  ['a tab', '  tenantId', '\ttenantId', `6:1 ${tab}`],
  ['a tab in a list', '    url', '\t\turl', `13:1 ${tab}`],
  ['a tab after blanks', '    url', '  \turl', `13:3 ${tab}`],
  [
    'a colon in a text',
    'Reads the lists',
    'Reads: the lists',
    '2:14 the text of "description" has a colon in it, which begins a value; put it into quotes: description: "Reads: the lists"',
  ],
  [
    'a colon in a text with quotes, in a list',
    'Get lists',
    'Get: "all" lists',
    `12:11 the text of "name" has a colon in it, which begins a value; put it into quotes: - name: 'Get: "all" lists'`,
  ],
  ['no blank after a colon', 'tenantId: c', 'tenantId:c', '6:3 there is no blank after the colon; write tenantId: contoso.com'],
  [
    'no blank after a colon in { }',
    '{ name: kv',
    '{ name:kv',
    '8:10 unknown key "name:kv-hr"; write a blank behind the colon: name: kv-hr',
  ],
  [
    'a blank too many',
    '  displayName',
    '   displayName',
    `7:1 this line is indented by 3 blanks, and the lines that it belongs to by 2; ${alike}`,
  ],
  [
    'a blank too few',
    '  displayName',
    ' displayName',
    `7:1 this line is indented by 1 blank, and the lines that it belongs to by 0 or 2; ${alike}`,
  ],
  [
    'a blank too many in a list',
    '    url',
    '     url',
    `13:1 this line is indented by 5 blanks, and the lines that it belongs to by 4; ${alike}`,
  ],
  [
    'a blank too few in a list',
    '    url',
    '   url',
    `13:1 this line is indented by 3 blanks, and the lines that it belongs to by 2 or 4; ${alike}`,
  ],
  [
    'a blank before a group',
    'vault:',
    ' vault:',
    `8:1 this line is indented by 1 blank, and the lines that it belongs to by 0 or 2; ${alike}`,
  ],
  ['a quote that does not end', 'HR reader', '"HR reader', '7:16 the quote that begins here does not end; end the text with "'],
  ['a single one', 'HR reader', "'HR reader", "7:16 the quote that begins here does not end; end the text with '"],
  [
    'one in { }',
    'application/json }',
    '"application/json }',
    '14:24 the quote that begins here does not end; end the text with "',
  ],
  [
    "a ' in single quotes",
    'HR reader',
    "'it's HR'",
    "7:20 the text goes on behind its closing quote; write each ' within single quotes twice, or put double quotes around the text",
  ],
  ['typographic quotes', 'HR reader', '“HR: reader”', `7:16 “ is no quote of YAML; write straight quotes: " or '`],
  [
    'a path in quotes',
    'HR reader',
    '"C:\\data"',
    '7:19 \\d means nothing within double quotes; write \\\\d, or put the text into single quotes',
  ],
  ['no }', '{ name: kv-hr }', '{ name: kv-hr', '8:8 the { here is not closed; end it with }'],
  ['one } too many', 'kv-hr }', 'kv-hr }}', '8:23 there is one } too many; take it away, or open it before'],
  ['no comma', 'Day, interval', 'Day interval', '4:28 a comma is missing between two keys in { }; write { one: …, two: … }'],
  [
    'no colon',
    'displayName: HR',
    'displayName HR',
    '7:3 there is no colon after "displayName"; write displayName: and the value',
  ],
  [
    'no colon after a group',
    'appRegistration:',
    'appRegistration',
    '5:1 there is no colon after "appRegistration"; write appRegistration:',
  ],
  ['no blank after a dash', '- name', '-name', '12:3 there is no blank after the dash; write - name: Get lists'],
  ['an @', 'HR reader', '@HR', '7:16 a text cannot begin with @; put the text into quotes'],
  ['a *', 'HR reader', '*HR reader', '7:16 a text that begins with * needs quotes; write "*HR reader"'],
  ['braces of a template', 'HR reader', '{{ x }}', '7:17 a name has to be text; put a text that begins with { or [ into quotes'],
  ['a key twice', '  displayName: HR reader', '  tenantId: x', '7:3 this key is there already in its group; keep one of them'],
  [
    'a second document',
    'targets:',
    '---\ntargets:',
    '15:1 a second document begins here (---); keep each spec in a file of its own',
  ],
])('%s: one message', (_, from, to, expected) => {
  expect(told(changed(from, to))).toEqual([expected]);
  expect(told(changed(from, to).replaceAll('\n', '\r\n'))).toEqual([expected]);
});

test('each of several slips is told, and none of them twice', () => {
  const text = changed(
    '    location',
    '   \tlocation',
    changed('{ name: kv-hr }', '{ name: kv-hr', changed('HR reader', 'HR: reader')),
  );
  expect(told(text).map((one) => one.split(' ')[0])).toEqual(['7:16', '8:8', '17:4']);
});

test('a misspelt key is not missing as well, wherever it would be asked for', () => {
  expect(told(changed('tenantId', 'tenantID'))).toEqual(['6:3 unknown key "tenantID"; did you mean "tenantId"?']);
  expect(told(changed('requests:', 'request:'))).toEqual(['11:1 unknown key "request"; did you mean "requests"?']);
  expect(told(changed('{ name: kv', '{ nmae: kv'))).toEqual(['8:10 unknown key "nmae"; did you mean "name"?']);
});

test('a value where a group is expected shows how the group is written', () => {
  expect(told(changed('recurrence: { frequency: Day, interval: 1 }', 'recurrence: daily'))).toEqual([
    '4:15 recurrence is the text "daily", but a group of keys is expected; write recurrence: { frequency: …, interval: …, timeZone: … }',
  ]);
});
