import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { troubleIn, troubleOfCode, troublesIn, troublesOfCode } from '../../src/troubles/find.ts';
import { troubles } from '../../src/troubles/troubles.ts';
import { sharedFolder } from '../shared.ts';

const told = (text: string) => troublesIn(text).map(({ code, service }) => `${code} (${service})`);

test('each stands once for each service and cause, with whole sentences and a public source', () => {
  const places = troubles.map(({ service, code, when }) => `${service} ${code} ${when}`);
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  const sentence = expect.stringMatching(/^["A-Z0-9].*\.$/);
  for (const { code, cause, cure, callerCure = 'None.', source } of troubles)
    expect([code, cause, cure, callerCure, source]).toEqual([
      code,
      sentence,
      sentence,
      sentence,
      expect.stringMatching(/^https:\/\/(?:[\w-]+\.)*(?:microsoft|microsoftonline|github|openssl)\.(?:com|org)\//),
    ]);
});

test('the words of two rows are not the same', () => {
  const words = troubles.flatMap(({ service, words = [], when }) => (when ? [] : words.map((each) => `${service} ${each}`)));
  expect(words.filter((each, index) => words.indexOf(each) !== index)).toEqual([]);
});

test('a code is found whatever its case, by its bare number, and never by one that is near', () => {
  expect(troubleOfCode('aadsts700027')?.code).toBe('AADSTS700027');
  expect(troublesOfCode('700027').map(({ code }) => code)).toEqual(['AADSTS700027']);
  expect(troublesOfCode('3000006').map(({ service }) => service)).toEqual(['SharePoint']);
  expect(troublesOfCode('80048060').map(({ code }) => code)).toEqual(['0x80048060']);
  expect(troublesOfCode('0X80048060').map(({ service }) => service)).toEqual(['Power Automate']);
  for (const none of ['AADSTS1', 'AADSTS70002777', '65005799', '0x80048061', 'ForbiddenByRbacs'])
    expect([none, troublesOfCode(none)]).toEqual([none, []]);
});

test('where a code has several causes, the words of the message tell which', () => {
  const signed = 'AADSTS700027: Client assertion contains an invalid signature. [Reason - The key';
  expect(troubleIn(`${signed} was not found.]`)?.cause).toMatch(/not one of the app registration/);
  expect(troubleIn(`${signed} used is expired.]`)?.cause).toBe('The certificate that signed has ended.');
  expect(troubleIn(`${signed} used is not yet valid.]`)?.cause).toMatch(/not valid yet/);
  const hex = 'a'.repeat(64);
  expect(troubleIn(`${signed} was not found., Thumbprint of key used by client: '${hex}']`)?.cure).toContain('x5t');
  const template = "InvalidTemplate: Deployment template validation failed: 'The template resource is not valid.'";
  expect(troubleIn(template)?.service).toBe('Resource Manager');
  expect(troubleIn("InvalidTemplate: The template validation failed: 'The action is not valid.'")?.service).toBe('Logic Apps');
  expect(troubleOfCode('InvalidTemplate', 'anything')?.service).toBe('Logic Apps');
});

test.each([
  // As Logic Apps hands on what Entra says, and as Key Vault says who may not do what; its connector has the code Forbidden alone.
  ['The token fetch failed: AADSTS500011: The resource principal named https://x was not found.', ['AADSTS500011 (Entra ID)']],
  [
    '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}',
    ['AADSTS7000215 (Entra ID)'],
  ],
  ['Caller is not authorized to perform action on resource. … {"code": "ForbiddenByRbac"}', ['ForbiddenByRbac (Key Vault)']],
  ['Forbidden: Caller is not authorized to perform action on resource. If role …', ['ForbiddenByRbac (Key Vault)']],
  ['the CLIENT does not have permission to perform the operation on the key vault', ['Forbidden (Key Vault)']],
  [
    'DeploymentFailed: Conflict: RoleAssignmentExists: The role assignment already exists.',
    ['RoleAssignmentExists (Resource Manager)'],
  ],
  ['DeploymentFailed', ['DeploymentFailed (Resource Manager)']],
  // SharePoint names a code of OAuth too, as a category.
  ['x-ms-diagnostics: 3000006;reason="Token contains invalid signature.";category="invalid_client"', ['3000006 (SharePoint)']],
  [
    '{"x-ms-diagnostics": "3000009;reason=\\"Another\\";category=\\"invalid_client\\""}',
    ['category="invalid_client" (SharePoint)'],
  ],
  ['{"error":"invalid_client","error_description":"of another kind"}', ['invalid_client (Entra ID)']],
  ['{"error_description":"Unsupported security token."}', ['Unsupported security token (SharePoint)']],
  ['{"error_description":"ID3035: The request was not valid or is malformed."}', ['ID3035 (SharePoint)']],
  [
    'Error: 403 AccessDenied Either scp or roles claim need to be present in the token.',
    ['Either scp or roles claim need to be present in the token (Microsoft Graph)'],
  ],
  [
    "InvalidWorkflowManagedIdentitySpecified. The workflow 'a' does not contain the managed identity of type 'SystemAssigned'.",
    ['InvalidWorkflowManagedIdentitySpecified (Logic Apps)'],
  ],
  [
    "The API connection 'a' is not configured to support managed identity.",
    ['WorkflowManagedIdentityConfigurationInvalid (Logic Apps)'],
  ],
  ['Error while importing workflow type ModernFlow', ['Error while importing workflow type ModernFlow (Power Automate)']],
  [
    'AADSTS70002: Error validating credentials. AADSTS50012: Client assertion audience claim does not match Realm issuer.',
    ['AADSTS50012 (Entra ID)'],
  ],
  ["AADSTS650053: The application 'X' asked for scope 'Sites.Selected' that does not exist.", ['AADSTS650053 (Entra ID)']],
  [
    'Flow client error returned with status code "BadRequest" and details "{"error":{"code":"XrmConnectionReferenceMissingConnection"}}"',
    ['XrmConnectionReferenceMissingConnection (Power Automate)'],
  ],
  ['System.Security.Cryptography.CryptographicException: Keyset does not exist', ['Keyset does not exist (Windows and .NET)']],
  ['Error: error:0308010C:digital envelope routines::unsupported', ['inner_evp_generic_fetch:unsupported (OpenSSL)']],
  ['AADSTS99999999: a code that is not in the table, beside AuthorizationFailed', []],
  ['there is a conflict of forbidden things', []],
  ['nothing of it', []],
])('%s', (message, expected) => {
  expect(told(message)).toEqual(expected);
});

test('a code that services share is told of each, and in an answer its case says whose it is', () => {
  expect(troublesOfCode('AccessDenied').map(({ service }) => service)).toEqual(['Key Vault', 'Microsoft Graph', 'SharePoint']);
  expect(troublesOfCode('accessDenied').map(({ service }) => service)).toEqual(['Microsoft Graph', 'SharePoint', 'Key Vault']);
  expect([troubleOfCode('AccessDenied')?.service, troubleOfCode('accessDenied')?.service]).toEqual([
    'Key Vault',
    'Microsoft Graph',
  ]);
  // None is guessed.
  expect(troubleOfCode('ACCESSDENIED')).toBeUndefined();
});

test('what people quoted in public threads is known', (context) => {
  const lines = readFileSync(`${sharedFolder(context)}/corpus/reports/explain-codes.txt`, 'utf8').split('\n');
  const quoted = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t')[0] as string);
  expect(quoted.length).toBeGreaterThan(15);
  expect(quoted.filter((text) => troublesOfCode(text).length === 0 && troublesIn(text).length === 0)).toEqual([]);
});
