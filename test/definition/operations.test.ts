import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionTypes, authenticationTypes, operationOptions, triggerTypes } from '../../src/definition/operations.ts';
import { sharedFolder } from '../shared.ts';

interface Vocabulary {
  readonly actionTypes: Readonly<Record<string, readonly string[]>>;
  readonly triggerTypes: Readonly<Record<string, readonly string[]>>;
  readonly operationTypesSdk: readonly string[];
  readonly operationOptions: readonly string[];
  readonly authenticationTypes: readonly string[];
}

test('the tables have every word that the reference has, and hosts where it says so', (context) => {
  const vocabulary: Vocabulary = JSON.parse(readFileSync(`${sharedFolder(context)}/reference/wdl-vocabulary.json`, 'utf8'));
  const missing = (words: readonly string[], types: ReadonlyMap<string, unknown>) =>
    words.filter((word) => !types.has(word.toLowerCase()));
  const everywhere = new Map([...actionTypes, ...triggerTypes]);
  expect(missing(Object.values(vocabulary.actionTypes).flat(), actionTypes)).toEqual([]);
  expect(missing(Object.values(vocabulary.triggerTypes).flat(), triggerTypes)).toEqual([]);
  expect(missing(vocabulary.operationTypesSdk, everywhere)).toEqual([]);
  for (const [types, lists] of [
    [actionTypes, vocabulary.actionTypes],
    [triggerTypes, vocabulary.triggerTypes],
  ] as const) {
    for (const word of lists.validatorStandardOnly ?? [])
      expect(types.get(word.toLowerCase())?.hosts, word).toEqual(['standard']);
    for (const word of lists.validatorConsumptionOnly ?? [])
      expect(types.get(word.toLowerCase())?.hosts, word).toContain('consumption');
  }
  expect(operationOptions).toEqual(vocabulary.operationOptions);
  expect(authenticationTypes).toEqual(vocabulary.authenticationTypes);
});
