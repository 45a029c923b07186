import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judges, requestFunctions, requests, sweeps } from './requests.ts';

const functions = requestFunctions();

test('every function that sends a request is known, with its judge and its sweep', () => {
  expect(functions.size).toBeGreaterThan(50);
  // One that is new gets a line in test/azure/requests.ts; what it says there is held by the tests that it names.
  expect([...functions.keys()].filter((request) => !(request in requests))).toEqual([]);
  expect(Object.keys(requests).filter((request) => !functions.has(request))).toEqual([]);
  for (const file of [...Object.values(judges), ...Object.values(sweeps)])
    expect([file, existsSync(new URL(`../../${file}`, import.meta.url))]).toEqual([file, true]);
});

test('every request names the right that it takes: in the code, for the person who lacks it, or by its action', () => {
  const nameless = [...functions].filter(
    ([request, text]) => !/\brights\.\w+/.test(text) && requests[request]?.action === undefined,
  );
  expect(nameless.map(([request]) => request)).toEqual([]);
  const twice = [...functions].filter(
    ([request, text]) => /\bright: rights\./.test(text) && requests[request]?.action !== undefined,
  );
  expect(twice.map(([request]) => request)).toEqual([]);
});
