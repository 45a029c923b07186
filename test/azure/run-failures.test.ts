import { expect, test } from 'vitest';
import { reportOf } from '../../src/deploy/run.ts';
import { type Answer, loopback, type Received, signedIn, wholeProfileAt } from './loopback.ts';

const at = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows', name: 'hr-lists' };
const run = { id: '0858', status: 'Failed', trigger: 'manual', causes: [] };

/** What is told of a run whose HTTP action failed with these outputs; `link` changes the link to them. */
async function told(outputs: unknown, { link = {}, answer }: { link?: object; answer?: Answer } = {}) {
  const contents = ({ path, headers }: Received) => path.startsWith('/contents/Get_lists') && headers.authorization === undefined;
  const server = await loopback((request) => {
    if (contents(request)) return answer ?? { status: 200, body: outputs };
    const outputsLink = { uri: `https://${request.headers.host}/contents/Get_lists/outputs?sig=a`, contentSize: 200, ...link };
    const error = { code: 'BadRequest', message: 'Http request failed.' };
    return {
      status: 200,
      body: { value: [{ name: 'Get_lists', properties: { status: 'Failed', code: 'BadRequest', error, outputsLink } }] },
    };
  });
  const azure = signedIn(wholeProfileAt(server.address, server.certificate));
  const { actions, cure } = await reportOf(azure, at, run);
  const [, ...causes] = actions[0]?.causes ?? [];
  return { causes, cure, asked: server.received.filter(contents).length, report: JSON.stringify(actions) };
}

const message = {
  lang: 'en-US',
  value: 'Access denied. You do not have permission to perform this action or access this resource.',
};
const app = 'Unsupported app only token';

test.each([
  [
    'Graph',
    { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' } },
    /api: graph/,
  ],
  ['Graph about a site', { error: { code: 'accessDenied', message: 'Access denied' } }, /grant a site with "certflow setup"/],
  ['SharePoint', { error: { code: '-2147024891, System.UnauthorizedAccessException', message } }, /api: sharepoint/],
  [
    'SharePoint of old',
    { 'odata.error': { code: '-2147024891, System.UnauthorizedAccessException', message } },
    /api: sharepoint/,
  ],
  ['SharePoint without a code', { 'odata.error': { code: '-1', message } }, /api: sharepoint/],
  ['SharePoint, of a token by a secret', { error_description: app }, /Sign in with a certificate/],
  ['text', JSON.stringify({ error: { code: 'Authorization_RequestDenied', message: 'no' } }), /api: graph/],
  [
    'bytes',
    { '$content-type': 'application/json', $content: Buffer.from(JSON.stringify({ error_description: app })).toString('base64') },
    /Sign in with/,
  ],
])('what the API answered is told with its cure: %s', async (_, body, cure) => {
  const found = await told({ statusCode: 403, headers: {}, body });
  expect(found.causes.map((one) => one.message).join('')).not.toBe('');
  expect(found.cure).toMatch(cure);
  // Whoever has the address may read what is there.
  expect(found.report).not.toContain('sig=');
});

test('a reason that stands in a header only is told too', async () => {
  const headers = { 'X-MS-Diagnostics': `3001000;reason="${app}";category="invalid_client"` };
  expect(await told({ statusCode: 401, headers })).toMatchObject({
    causes: [{ message: app }],
    cure: expect.stringContaining('Sign in with a certificate'),
  });
});

test('a page of a proxy is one line, and an answer that says nothing adds nothing', async () => {
  expect((await told({ statusCode: 502, body: '<html><p>Bad\ngateway</p></html>' })).causes).toEqual([
    { code: '', message: 'Bad gateway' },
  ]);
  expect((await told({ statusCode: 404, body: '' })).causes).toEqual([]);
  expect((await told({ statusCode: 200, body: { error: { code: 'x' } } })).causes).toEqual([]);
});

test('outputs that are large, not signed for HTTPS or not to be had leave the report as it is', async () => {
  const body = { error: { code: 'accessDenied', message: 'Access denied' } };
  for (const link of [{ contentSize: 300_000 }, { uri: 'http://localhost:1/contents/Get_lists' }, { uri: '' }])
    expect(await told({ statusCode: 403, body }, { link })).toMatchObject({ causes: [], asked: 0 });
  expect(await told(undefined, { answer: { status: 403, body: { error: { code: 'x', message: 'y' } } } })).toMatchObject({
    causes: [],
  });
  expect(await told(undefined, { answer: { status: 200, body: 'no JSON' } })).toMatchObject({ causes: [] });
});
