import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { functionNamed, functions, nearestFunction } from '../../src/expression/functions.ts';
import { anything, array, boolean, integer, number, object, string } from '../../src/expression/types.ts';
import { sharedFolder } from '../shared.ts';

interface ReferenceFunction {
  name: string;
  minArgs: number;
  maxArgs: number | null;
  params: { name: string; type: string }[];
}

const kindsOfReferenceType: Readonly<Record<string, number>> = {
  any: anything,
  string,
  int: integer,
  integer,
  number,
  'integer|float|string': number | string,
  boolean,
  array,
  object,
  'array|string': array | string,
  'object|array': array | object,
  'array|number': array | number,
  'object|array|string': array | object | string,
  'string | binary': anything,
};

/** Parameters that take more than the sources say, and why. */
const wider: Readonly<Record<string, string>> = {
  'addDays.days': 'whether a fraction is refused is not known',
  'addHours.hours': 'whether a fraction is refused is not known',
  'addMinutes.minutes': 'whether a fraction is refused is not known',
  'addSeconds.seconds': 'whether a fraction is refused is not known',
  'array.value': 'converts any value',
  'base64.value': 'converts any value',
  'base64ToBinary.value': 'converts any value',
  'base64ToJson.value': 'converts any value',
  'base64ToString.value': 'converts any value',
  'binary.value': 'converts any value',
  'concat.text_1': 'converts any value',
  'contains.collection': 'the page names dictionaries too',
  'contains.value': 'an element of an array can be anything',
  'dataUri.value': 'converts any value',
  'dataUriToBinary.value': 'converts any value',
  'dataUriToString.value': 'converts any value',
  'decimal.value': 'converts any value',
  'decodeBase64.value': 'converts any value',
  'decodeDataUri.value': 'converts any value',
  'decodeUriComponent.value': 'converts any value',
  'decodeXmlValue.value': 'converts any value',
  'empty.collection': 'null is empty',
  'encodeBase64.value': 'converts any value',
  'encodeUriComponent.value': 'converts any value',
  'encodeXmlValue.value': 'converts any value',
  'float.value': 'converts any value',
  'int.value': 'converts any value',
  'isFloat.value': 'asks about any value',
  'isInt.value': 'asks about any value',
  'json.value': 'converts any value',
  'parse.value': 'not documented',
  'uriComponent.value': 'converts any value',
  'uriComponentToBinary.value': 'converts any value',
  'uriComponentToString.value': 'converts any value',
  'utf16Length.value': 'not documented',
  'utf8Length.value': 'not documented',
  'xml.value': 'converts any value',
};

test('the table says what the reference file says', (context) => {
  const reference: ReferenceFunction[] = JSON.parse(
    readFileSync(`${sharedFolder(context)}/reference/wdl-functions.json`, 'utf8'),
  ).functions;
  // A function that neither source lists has its own in docs/facts/functions.md.
  const listed = new Set(reference.map(({ name }) => name));
  const ours = functions.filter(({ name }) => listed.has(name));
  expect(
    ours.map(({ name, required, repeats, parameters }) => ({
      name,
      required,
      repeats,
      parameters: parameters.map((each) => each.name),
    })),
  ).toEqual(
    reference.map(({ name, minArgs, maxArgs, params }) => ({
      name,
      required: minArgs,
      repeats: maxArgs === null ? true : undefined,
      parameters: params.map((each) => each.name),
    })),
  );
  for (const { name, maxArgs, params } of reference) if (maxArgs !== null) expect(params, name).toHaveLength(maxArgs);

  const differing = reference.flatMap(({ name, params }) =>
    params
      .filter((each, index) => functionNamed(name)?.parameters[index]?.kinds !== kindsOfReferenceType[each.type])
      .map((each) => `${name}.${each.name}`),
  );
  expect(differing.sort()).toEqual(Object.keys(wider).sort());
  for (const path of differing) {
    const [name = '', parameter] = path.split('.');
    const said =
      kindsOfReferenceType[
        reference.find((each) => each.name === name)?.params.find((each) => each.name === parameter)?.type ?? ''
      ] ?? 0;
    const taken = functionNamed(name)?.parameters.find((each) => each.name === parameter)?.kinds ?? 0;
    expect(taken & said, `${path} takes less than the sources say`).toBe(said);
  }
});

test('names ignore case', () => {
  expect(functionNamed('TRIGGERBODY')?.name).toBe('triggerBody');
  expect(functionNamed('constructor')).toBeUndefined();
});

test.each([
  ['triggerBdoy', 'triggerBody'],
  ['conact', 'concat'],
  ['toUper', 'toUpper'],
  ['outpus', 'outputs'],
  ['!empty', 'empty'],
  ['varaibles', 'variables'],
  ['toUpperCase', 'toUpper'],
  ['triggerBodyText', 'triggerBody'],
  ['createObject', undefined],
  ['x'.repeat(1000), undefined],
])('%s is meant to be %s', (wrong, right) => {
  expect(nearestFunction(wrong)).toBe(right);
});
