import { expect, test } from 'vitest';
import { listReferences } from '../../src/expression/references.ts';
import { parseTemplate } from '../../src/expression/template.ts';

/** What is referred to, and the source text under each reference. */
function references(text: string) {
  return listReferences(parseTemplate(text)).map(({ kind, function: name, name: target, start, end }) => ({
    kind,
    function: name,
    name: target,
    text: text.slice(start, end),
  }));
}

test.each([
  ["@BODY('Get_secret')?['value']", 'action', 'body', 'Get_secret', "'Get_secret'"],
  ["@outputs('A')", 'action', 'outputs', 'A', "'A'"],
  ["@actions('A')", 'action', 'actions', 'A', "'A'"],
  ["@result('A')", 'action', 'result', 'A', "'A'"],
  ["@actionBody('A')", 'action', 'actionBody', 'A', "'A'"],
  ["@actionOutputs('A')", 'action', 'actionOutputs', 'A', "'A'"],
  ["@formDataValue('A', 'key')", 'action', 'formDataValue', 'A', "'A'"],
  ["@formDataMultiValues('A', 'key')", 'action', 'formDataMultiValues', 'A', "'A'"],
  ["@multipartBody('A', 0)", 'action', 'multipartBody', 'A', "'A'"],
  ["@parameters('p')", 'parameter', 'parameters', 'p', "'p'"],
  ["@variables('it''s')", 'variable', 'variables', "it's", "'it''s'"],
  ["@items('For_each')?['id']", 'loop', 'items', 'For_each', "'For_each'"],
  ["@iterationIndexes('Until')", 'loop', 'iterationIndexes', 'Until', "'Until'"],
  ["@appSetting('S')", 'appSetting', 'appsetting', 'S', "'S'"],
  ["@agentParameters('a')", 'agentParameter', 'agentParameters', 'a', "'a'"],
  ['@item()?.x', 'item', 'item', undefined, 'item()?.x'],
  ['@triggerBody()', 'trigger', 'triggerBody', undefined, 'triggerBody()'],
  ["@triggerOutputs()['headers']", 'trigger', 'triggerOutputs', undefined, "triggerOutputs()['headers']"],
  ['@trigger()', 'trigger', 'trigger', undefined, 'trigger()'],
  ["@triggerFormDataValue('key')", 'trigger', 'triggerFormDataValue', undefined, "triggerFormDataValue('key')"],
  ['@listCallbackUrl()', 'callbackUrl', 'listCallbackUrl', undefined, 'listCallbackUrl()'],
  ['@workflow()', 'workflow', 'workflow', undefined, 'workflow()'],
  ['@action()', 'currentAction', 'action', undefined, 'action()'],
  ["@body(concat('A', 'B'))", 'action', 'body', undefined, "body(concat('A', 'B'))"],
  ['@result()', 'action', 'result', undefined, 'result()'],
])('%s', (text, kind, name, target, under) => {
  expect(references(text)).toEqual([{ kind, function: name, name: target, text: under }]);
});

test('references stand in arguments, keys and every segment, and are listed in the order of the text', () => {
  const text = "a@{concat(body('A')[variables('v')], parameters('p'))}b@{items('L')}";
  expect(references(text).map((each) => each.name)).toEqual(['A', 'v', 'p', 'L']);
});

test.each(['@@body(1)', "@concat('body', 'x')", 'text', "@json('{}')"])('%s refers to nothing', (text) => {
  expect(references(text)).toEqual([]);
});
