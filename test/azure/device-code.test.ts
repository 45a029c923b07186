import { expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { findApplications } from '../../src/azure/graph.ts';
import { findResourceGroup } from '../../src/azure/resource-groups.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { type Answer, errorOf, loopback, wholeProfileAt } from './loopback.ts';
import { discovery } from './registration.ts';

const tenantId = '11111111-1111-1111-1111-111111111111';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'none', typ: 'JWT' })}.${part({ oid: 'me', tid: tenantId, ...claims })}.signature`;

const signedIn: Answer = {
  status: 200,
  body: {
    token_type: 'Bearer',
    expires_in: 3600,
    access_token: jwt({}),
    refresh_token: 'refresh',
    client_info: part({ uid: 'me', utid: tenantId }),
    id_token: jwt({ preferred_username: 'me@contoso.com', sub: 'me', aud: 'client', exp: 4_000_000_000 }),
  },
};

/** Whoever is asked for a code answers so. */
async function asked(answer: Answer) {
  const { address, certificate, received } = await loopback((request) => {
    const code = { device_code: 'device', user_code: 'ABC', verification_uri: 'https://x', expires_in: 900, interval: 0 };
    if (request.path.includes('/devicecode')) return { status: 200, body: { ...code, message: 'Enter ABC.' } };
    if (request.path.includes('/oauth2/v2.0/token')) return answer;
    return discovery(request) ?? { status: 200, body: { name: 'rg-flows', location: 'westeurope', value: [] } };
  });
  const shown: string[] = [];
  const azure = connect(wholeProfileAt(address, certificate), {
    application: 'certflow/test',
    signIn: { kind: 'device-code', tenantId, show: (text) => shown.push(text) },
  });
  return { azure, shown, received };
}

test('a person is asked for one code, whatever the command then wants of which service', async () => {
  const { azure, shown, received } = await asked(signedIn);
  expect(await whoIsSignedIn(azure)).toEqual({ objectId: 'me', tenantId, principalType: 'User' });
  await Promise.all(['a', 'b'].map((name) => findResourceGroup(azure, '33333333-3333-3333-3333-333333333333', name)));
  await findApplications(azure, { appId: 'x' });
  expect(shown).toEqual(['Enter ABC.']);
  expect(received.filter(({ path }) => path.includes('/devicecode'))).toHaveLength(1);
});

test.each([
  ['authorization_declined', 'whoever was asked for the code declined.'],
  ['expired_token', 'nobody has entered the code in time, and it has ended.'],
  ['bad_verification_code', 'the sign-in does not know the code.'],
])('%s is told in words, and nobody is asked again', async (error, words) => {
  const { azure, shown } = await asked({ status: 400, body: { error, error_description: 'AADSTS70020: A text of Entra.' } });
  const first = await errorOf(whoIsSignedIn(azure));
  expect([first.kind, first.message]).toEqual([
    'sign-in',
    `Finding out who is signed in failed at the sign-in: ${words}\nRun the same command again for a new code, and sign in with the account that is meant.`,
  ]);
  expect((await errorOf(findResourceGroup(azure, 's', 'rg-flows'))).message).toContain(words);
  expect((await errorOf(findApplications(azure, { appId: 'x' }))).message).toContain(words);
  expect(shown).toHaveLength(1);
});
