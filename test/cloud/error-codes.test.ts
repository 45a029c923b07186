import { expect, test } from 'vitest';
import { errorCode, errorCodeIn, errorCodes, errorCodesNamed } from '../../src/cloud/error-codes.ts';

test('each code stands once for each cause, with whole sentences', () => {
  const first = errorCodes.filter(({ code }, index) => errorCodes.findIndex((one) => one.code === code) === index);
  const further = errorCodes.filter((entry) => !first.includes(entry));
  expect(new Set(further.map(({ code, words }) => `${code} ${words}`)).size).toBe(further.length);
  expect(further.filter(({ words }) => words === undefined)).toEqual([]);
  const sentence = expect.stringMatching(/^["A-Z].*\.$/);
  for (const { code, cause, cure, callerCure = 'None.' } of errorCodes)
    expect([code, cause, cure, callerCure]).toEqual([code, sentence, sentence, sentence]);
});

test('where a code has several causes, the words of the message tell which', () => {
  const signed = 'AADSTS700027: Client assertion contains an invalid signature. [Reason - The key';
  expect(errorCodeIn(`${signed} was not found.]`)?.cause).toMatch(/not one of the app registration/);
  expect(errorCodeIn(`${signed} used is expired.]`)?.cause).toBe('The certificate that signed has ended.');
  expect(errorCodeIn(`${signed} used is not yet valid.]`)?.cause).toMatch(/not valid yet/);
  const template = "InvalidTemplate: Deployment template validation failed: 'The template resource is not valid.'";
  expect(errorCodeIn(template)?.service).toBe('Resource Manager');
  expect(errorCodeIn("InvalidTemplate: The template validation failed: 'The action is not valid.'")?.service).toBe('Logic Apps');
  expect(errorCode('InvalidTemplate')?.service).toBe('Logic Apps');
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
  const shared = errorCodes.filter(({ code }) => errorCodesNamed(code).some((one) => one.code !== code));
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
