import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SpecError, snippet, UsageError } from '../../src/index.ts';
import { folder } from '../certificate/tools.ts';
import { certflow } from '../cli/run.ts';
import { specOf, specText } from '../specs.ts';

describe('what is asked for', () => {
  const requests = [
    { name: 'A', url: 'https://contoso.sharepoint.com/x' },
    { name: 'B', url: 'https://graph.microsoft.com/x' },
    { name: 'C', url: 'https://partner.example/', signIn: 'clientCertificate' },
  ];

  test('the API of the named request, in the cloud of the environment', () => {
    expect(snippet(specOf({ requests }), { language: 'http', request: 'B' })).toContain(
      '&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&',
    );
    const china = specOf({
      cloud: 'china',
      requests: [{ name: 'A', url: 'https://a.example', audience: "api://a b'c".replace(' ', '') }],
    });
    expect(snippet(china, { language: 'http' })).toContain(
      'POST https://login.partner.microsoftonline.cn/11111111-1111-1111-1111-111111111111/oauth2/v2.0/token',
    );
  });

  test.each<[string, object, object, string]>([
    ['a language', {}, { language: 'pyhton' }, 'there is no snippet in "pyhton": did you mean "python"?'],
    ['a language that objects have', {}, { language: 'toString' }, 'there is no snippet in "toString": choose from csharp, '],
    ['one of several APIs', { requests }, {}, 'call several APIs, and none was named (--request): A, B'],
    ['a request', { requests }, { request: 'C' }, 'has no request "C" that signs in to Entra ID: choose from A, B'],
    ['any token', { requests: requests.slice(2) }, {}, 'signs in to Entra ID, so there is no token to get'],
  ])('%s that there is not', (_, overrides, options, message) => {
    const act = () => snippet(specOf(overrides), { language: 'http', ...options });
    expect(act).toThrow(UsageError);
    expect(act).toThrow(message);
  });

  test('what Postman would take for a variable of its own is refused there, and nowhere else', () => {
    const spec = specOf({ requests: [{ name: 'A', url: 'https://a.example', audience: 'api://{{$guid}}' }] });
    const act = () => snippet(spec, { language: 'postman' });
    expect(act).toThrow(UsageError);
    expect(act).toThrow('"api://{{$guid}}/.default" cannot stand in a Postman collection');
    expect(snippet(spec, { language: 'http' })).toContain('scope=api%3A%2F%2F%7B%7B%24guid%7D%7D%2F.default');
    expect(snippet(specOf({}), { language: 'postman' }).match(/\{\{.*?\}\}/g)).toEqual(['{{clientAssertion}}']);
  });

  test('a client that is missing', () => {
    expect(() => snippet(specOf({ appRegistration: { tenantId: 'contoso.com' } }), { language: 'http' })).toThrow(SpecError);
  });
});

test('the command prints the snippet and nothing else, or both as JSON', async () => {
  const spec = join(await folder(), 'certflow.yaml');
  writeFileSync(spec, specText());
  const { code, stdout, stderr } = await certflow('snippet', spec, '--language', 'python');
  expect([code, stdout, stderr]).toEqual([0, snippet(specOf({}), { language: 'python' }), '']);
  const json = await certflow('snippet', spec, '-l', 'python', '--json');
  expect(JSON.parse(json.stdout)).toEqual({ language: 'python', snippet: stdout, diagnostics: [] });
  expect((await certflow('snippet', spec)).code).toBe(2);
  expect((await certflow('snippet', spec, '-l', 'cobol')).code).toBe(2);
});
