import { expect, test } from 'vitest';
import { errorCode, errorCodeIn, errorCodes, errorCodesNamed } from '../../src/cloud/error-codes.ts';

test('each code stands once, with whole sentences', () => {
  expect(new Set(errorCodes.map(({ code }) => code)).size).toBe(errorCodes.length);
  for (const { code, cause, cure } of errorCodes)
    expect([code, cause, cure]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/), expect.stringMatching(/^[A-Z].*\.$/)]);
});

test('a code is found whatever its case, and in the texts that services answer with', () => {
  expect(errorCode('aadsts700027')?.code).toBe('AADSTS700027');
  expect(errorCode('AADSTS1')).toBeUndefined();
  // As Logic Apps hands on what Entra says, and as Key Vault says who may not do what.
  expect(errorCodeIn('The token fetch failed: AADSTS500011: The resource principal named https://x was not found.')?.code).toBe(
    'AADSTS500011',
  );
  expect(
    errorCodeIn('Caller is not authorized to perform action on resource. … "innererror": {"code": "ForbiddenByRbac"}')?.code,
  ).toBe('ForbiddenByRbac');
  // The Key Vault connector hands on the message with the code Forbidden alone.
  expect(errorCodeIn('Forbidden: Caller is not authorized to perform action on resource. If role assignments, …')?.code).toBe(
    'ForbiddenByRbac',
  );
  expect(errorCodeIn('AADSTS99999999: a code that is not in the table, beside AuthorizationFailed')).toBeUndefined();
  expect(errorCodeIn('nothing of it')).toBeUndefined();
});

test('a code that two services share is told of each, and in an answer its case says whose it is', () => {
  const shared = errorCodes.filter(({ code }) => errorCodesNamed(code).length > 1);
  expect(shared.map(({ code, service }) => [code, service])).toEqual([
    ['AccessDenied', 'Key Vault'],
    ['accessDenied', 'Microsoft Graph'],
  ]);
  for (const { code, service } of shared) {
    expect([errorCode(code)?.service, errorCodeIn(`403 ${code}: Access denied`)?.service]).toEqual([service, service]);
    expect(new Set(errorCodesNamed(code).map((entry) => entry.service)).size).toBe(2);
  }
  // Neither is guessed.
  expect(errorCode('ACCESSDENIED')).toBeUndefined();
});
