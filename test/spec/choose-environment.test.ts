import { expect, test } from 'vitest';
import { chooseEnvironment } from '../../src/spec/choose-environment.ts';
import { specOf } from '../specs.ts';

const two = specOf({ environments: { dev: {}, prod: {} } });

test.each([
  [specOf({}), undefined, ''],
  [specOf({ environments: { dev: {} } }), undefined, 'dev'],
  [two, 'prod', 'prod'],
])('an environment is found', (spec, name, found) => {
  expect(chooseEnvironment(spec, name).name).toBe(found);
});

test.each([
  [two, undefined, 'certflow.yaml has 2 environments, and none was named: dev, prod'],
  [two, 'pord', 'certflow.yaml has no environment "pord": did you mean "prod"?'],
  [two, '', 'certflow.yaml has no environment "": choose from dev, prod'],
  [specOf({}), 'dev', 'certflow.yaml has no environments, so "dev" cannot be chosen: leave the environment out'],
])('or the error lists them', (spec, name, message) => {
  expect(() => chooseEnvironment(spec, name)).toThrow(message);
});
