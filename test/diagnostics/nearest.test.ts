import { expect, test } from 'vitest';
import { nearest } from '../../src/diagnostics/nearest.ts';

test.each([
  ['valeu', ['name', 'value'], 'value'],
  ['statuscode', ['statusCode'], 'statusCode'],
  ['bdy', ['id', 'body'], 'body'],
  ['colour', ['color', 'colours'], 'color'],
  ['file-info', ['file_info'], 'file_info'],
  ['id', ['ab'], undefined],
  ['a', ['b'], undefined],
  ['RiskAssessmentSetting', ['AssessmentSetting'], undefined],
  ['value', [], undefined],
  ['AADSTS650057', ['AADSTS50057'], undefined],
  ['AADSTS50075', ['AADSTS50057'], undefined],
  ['AADST50057', ['AADSTS50034', 'AADSTS50057'], 'AADSTS50057'],
  ['base46', ['base64'], 'base64'],
])('%s among %j', (word, candidates, found) => {
  expect(nearest(word, candidates)).toBe(found);
});

test('a very long word is compared with nothing', () => {
  expect(nearest('x'.repeat(101), ['x'.repeat(102)])).toBeUndefined();
});
