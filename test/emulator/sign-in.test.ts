import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createCertificate, privateKeyToPem, thumbprintsOf } from '../../src/certificate/index.ts';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import { folderOf } from '../folder.ts';
import { azure } from './azure.ts';
import { graph, keyCredential } from './graph.ts';
import { oidcAuthority } from './oidc.ts';
import { send } from './request.ts';
import { credential, emulator, type SignIn } from './start.ts';

const management = 'https://management.azure.com/.default';

test("Microsoft's client signs in with a certificate, and its token is one of the published key", async () => {
  const { profile } = await emulator();
  const { token } = await credential(profile).getToken(management);
  const metadata = await send(
    profile,
    'GET',
    `${profile.authority}/${profile.signIn?.tenantId}/v2.0/.well-known/openid-configuration`,
  );
  const keys = await send(profile, 'GET', metadata.body.jwks_uri);
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys.body), {
    issuer: metadata.body.issuer,
    audience: 'https://management.azure.com',
  });
  expect(payload).toMatchObject({ appid: profile.signIn?.clientId, tid: profile.signIn?.tenantId, idtyp: 'app' });
});

test("Microsoft's client is told by Entra's code that there is no such application", async () => {
  const { profile } = await emulator();
  await expect(credential(profile, { clientId: randomUUID() }).getToken(management)).rejects.toThrow('AADSTS700016');
});

test('another tenant is refused', async () => {
  const { profile } = await emulator();
  const { status, body } = await send(
    profile,
    'GET',
    `${profile.authority}/${randomUUID()}/v2.0/.well-known/openid-configuration`,
  );
  expect([status, body.error_description]).toEqual([400, expect.stringMatching(/^AADSTS90002:/)]);
});

test('a certificate that is not registered is refused with its thumbprint', async () => {
  const { profile } = await emulator();
  const stranger = await createCertificate({ subject: 'CN=stranger' });
  const folder = folderOf({});
  const certificatePath = join(folder, 'stranger.pem');
  writeFileSync(certificatePath, privateKeyToPem(stranger.privateKey, undefined) + stranger.certificate.toString());
  const { hex } = thumbprintsOf(stranger.certificate.raw).sha256;
  await expect(credential(profile, { certificatePath }).getToken(management)).rejects.toThrow(
    new RegExp(`AADSTS700027.*The key was not found.*${hex}`),
  );
});

test('a registered certificate that has ended is refused, and so is an application without a service principal', async () => {
  const { profile } = await emulator();
  const ask = graph(profile);
  const signInWith = async (now: Date) => {
    const made = await createCertificate({ subject: 'CN=a', days: 2, now });
    const certificatePath = join(folderOf({}), 'a.pem');
    writeFileSync(certificatePath, privateKeyToPem(made.privateKey, undefined) + made.certificate.toString());
    const { body } = await ask('POST', '/applications', { displayName: 'a', keyCredentials: [keyCredential(made.certificate)] });
    return credential(profile, { clientId: body.appId, certificatePath }).getToken(management);
  };
  await expect(signInWith(new Date(Date.now() - 5 * 86_400_000))).rejects.toThrow(/AADSTS700027.*The key used is expired/);
  await expect(signInWith(new Date())).rejects.toThrow('AADSTS7000229');
});

test('an audience that nothing in the tenant answers to is refused', async () => {
  const { profile } = await emulator();
  await expect(credential(profile).getToken('https://contoso.sharepoint.com/sites/hr/.default')).rejects.toThrow('AADSTS500011');
  await expect(credential(profile).getToken('https://contoso.sharepoint.com/.default')).resolves.toBeDefined();
});

test("with oidc-provider in place of our token endpoint, Microsoft's clients work on as before", async () => {
  const folder = folderOf({});
  const first = await emulator({ folder });
  const { tenantId, clientId, certificatePath } = first.profile.signIn as SignIn;
  const { token } = await credential(first.profile).getToken(management);
  const { oid, tid, appid } = decodeJwt(token);
  await first.close();
  const certificate = readFileSync(certificatePath, 'utf8');
  const { authority, certificateAuthority } = await oidcAuthority({
    tenantId,
    clientId,
    certificate,
    claims: () => ({ oid, tid, appid }),
  });
  const { profile } = await emulator({ folder, authority });
  // Both have a certificate authority of their own.
  const trusting = { ...profile, certificateAuthority: `${profile.certificateAuthority}${certificateAuthority}` };
  expect(decodeJwt((await credential(trusting).getToken(management)).token).iss).toBe(authority.issuer);
  const { resources } = azure(trusting);
  await expect(resources.resourceGroups.createOrUpdate('rg', { location: 'westeurope' })).resolves.toBeDefined();
});

const valid = { aud: 'endpoint', iss: 'client', sub: 'client', lifetime: 600, begin: 0, alg: 'RS256', header: 'x5t', key: 'own' };

test.each<[string, Partial<typeof valid>, string | undefined]>([
  ['x5t', {}, undefined],
  ['x5t#S256 and PS256', { header: 'x5t#S256', alg: 'PS256' }, undefined],
  ['another audience', { aud: 'https://login.example/token' }, 'AADSTS700023'],
  ['another issuer', { iss: 'someone' }, 'AADSTS700021'],
  ['another subject', { sub: 'someone' }, 'AADSTS700021'],
  ['an assertion that has ended', { begin: -7200 }, 'AADSTS700024'],
  ['an assertion that begins later', { begin: 7200 }, 'AADSTS700024'],
  ['an assertion for two days', { lifetime: 172_800 }, 'AADSTS700024'],
  ['the signature of another key', { key: 'other' }, 'AADSTS700027'],
  ['a header that names no certificate', { header: 'kid' }, 'AADSTS700027'],
])('the token endpoint judges an assertion: %s', async (_, change, code) => {
  const { profile } = await emulator();
  const { status, body } = await signIn(profile, { ...valid, ...change });
  expect([
    status,
    String(body.error_description ?? '')
      .slice(0, 12)
      .replace(/:.*/, ''),
  ]).toEqual(code === undefined ? [200, ''] : [401, code]);
});

test.each([
  ['no assertion', { client_assertion: undefined }, 'AADSTS7000218'],
  ['a broken assertion', { client_assertion: 'a.b.c' }, 'AADSTS50027'],
  ['a secret', { client_secret: 'x' }, 'AADSTS7000215'],
  ['another grant', { grant_type: 'password' }, 'AADSTS70003'],
  ['a scope without .default', { scope: 'https://management.azure.com/user_impersonation' }, 'AADSTS1002012'],
  ['no scope', { scope: undefined }, 'AADSTS900144'],
])('the token endpoint refuses %s', async (_, change, code) => {
  const { profile } = await emulator();
  const { body } = await signIn(profile, valid, change);
  expect(body.error_description).toMatch(new RegExp(`^${code}:`));
});

async function signIn(profile: CloudProfile, how: typeof valid, form: Readonly<Record<string, string | undefined>> = {}) {
  const { tenantId, clientId, certificatePath } = profile.signIn as SignIn;
  const pem = readFileSync(certificatePath, 'utf8');
  const { sha1, sha256 } = thumbprintsOf(new X509Certificate(pem).raw);
  const endpoint = `${profile.authority}/${tenantId}/oauth2/v2.0/token`;
  const header =
    how.header === 'x5t' ? { x5t: sha1.base64url } : how.header === 'kid' ? { kid: 'none' } : { 'x5t#S256': sha256.base64url };
  const begin = Math.floor(Date.now() / 1000) + how.begin;
  const who = (word: string) => (word === 'client' ? clientId : word);
  const key = how.key === 'own' ? createPrivateKey(pem) : (await createCertificate({ subject: 'CN=other' })).privateKey;
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: how.alg, typ: 'JWT', ...header })
    .setAudience(how.aud === 'endpoint' ? endpoint : how.aud)
    .setIssuer(who(how.iss))
    .setSubject(who(how.sub))
    .setNotBefore(begin)
    .setExpirationTime(begin + how.lifetime)
    .sign(key);
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    scope: management,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...form,
  };
  const body = new URLSearchParams(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined));
  return send(profile, 'POST', endpoint, body.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
}
