import { createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createCertificate } from '../../src/certificate/index.ts';
import { graph, keyCredential } from './graph.ts';
import { emulator } from './start.ts';

const graphApi = '00000003-0000-0000-c000-000000000000';

test('certificates are added beside those there, shown with their key only when asked for, and replaced whole by PATCH', async () => {
  const ask = graph((await emulator()).profile);
  const [first, second] = [await createCertificate({ subject: 'CN=1' }), await createCertificate({ subject: 'CN=2' })];
  const { body: made, status } = await ask('POST', '/applications', {
    displayName: 'a',
    keyCredentials: [keyCredential(first.certificate)],
  });
  expect([status, made.keyCredentials[0].key]).toEqual([201, null]);
  const { body: read } = await ask('GET', `/applications/${made.id}?$select=id,keyCredentials`);
  expect(read).toEqual({
    id: made.id,
    keyCredentials: [expect.objectContaining({ key: first.certificate.raw.toString('base64') })],
  });
  const { key, ...withoutKey } = read.keyCredentials[0];
  await ask('PATCH', `/applications/${made.id}`, { keyCredentials: [withoutKey, keyCredential(second.certificate)] });
  const both = await ask('GET', `/applications/${made.id}?$select=keyCredentials`);
  expect(both.body.keyCredentials.map((one: { key: string }) => one.key)).toEqual([
    key,
    second.certificate.raw.toString('base64'),
  ]);
  const found = await ask('GET', `/applications?$filter=displayName eq 'a'`);
  expect(found.body.value.map(({ id }: { id: string }) => id)).toEqual([made.id]);
});

test('a certificate cannot be registered for longer than it is valid, nor what is none', async () => {
  const ask = graph((await emulator()).profile);
  const { certificate } = await createCertificate({ subject: 'CN=1' });
  const { body: made } = await ask('POST', '/applications', { displayName: 'a' });
  const add = (change: object) =>
    ask('PATCH', `/applications/${made.id}`, { keyCredentials: [{ ...keyCredential(certificate), ...change }] });
  expect((await add({ endDateTime: '2199-01-01T00:00:00Z' })).body.error.code).toBe('KeyCredentialsInvalidEndDate');
  expect((await add({ key: 'AAAA' })).body.error.code).toBe('KeyCredentialsInvalidCertificate');
  expect((await add({ usage: 'Sign' })).status).toBe(400);
  expect((await add({})).status).toBe(204);
});

test('an application adds a certificate with a proof that it has one', async () => {
  const ask = graph((await emulator()).profile);
  const [old, next] = [await createCertificate({ subject: 'CN=1' }), await createCertificate({ subject: 'CN=2' })];
  const { body: made } = await ask('POST', '/applications', {
    displayName: 'a',
    keyCredentials: [keyCredential(old.certificate)],
  });
  const proof = (signer: typeof old) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setAudience('00000002-0000-0000-c000-000000000000')
      .setIssuer(made.id)
      .setNotBefore('0s')
      .setExpirationTime('10m')
      .sign(createPrivateKey(signer.privateKey.export({ type: 'pkcs8', format: 'pem' })));
  const add = async (signer: typeof old) =>
    ask('POST', `/applications/${made.id}/addKey`, {
      keyCredential: keyCredential(next.certificate),
      passwordCredential: null,
      proof: await proof(signer),
    });
  expect((await add(next)).status).toBe(403);
  const { status, body: added } = await add(old);
  expect(status).toBe(200);
  const remove = await ask('POST', `/applications/${made.id}/removeKey`, { keyId: added.keyId, proof: await proof(old) });
  expect(remove.status).toBe(204);
});

test('permissions are granted once, and what is unknown is refused', async () => {
  const ask = graph((await emulator()).profile);
  const { body: application } = await ask('POST', '/applications', { displayName: 'a' });
  const { body: principal } = await ask('POST', '/servicePrincipals', { appId: application.appId });
  expect((await ask('POST', '/servicePrincipals', { appId: application.appId })).status).toBe(409);
  const { body: api } = await ask('GET', `/servicePrincipals(appId='${graphApi}')?$select=id,appRoles`);
  const role = api.appRoles.find(({ value }: { value: string }) => value === 'Sites.Selected');
  const grant = (appRoleId: string) =>
    ask('POST', `/servicePrincipals/${principal.id}/appRoleAssignments`, {
      principalId: principal.id,
      resourceId: api.id,
      appRoleId,
    });
  expect((await grant(role.id)).status).toBe(201);
  expect((await grant(role.id)).body.error.message).toContain('already exists');
  expect((await grant(randomUUID())).status).toBe(400);
  const held = await ask('GET', `/servicePrincipals/${principal.id}/appRoleAssignments`);
  expect(held.body.value).toMatchObject([{ appRoleId: role.id, resourceDisplayName: 'Microsoft Graph' }]);
});

test('a site of the tenant is opened to one application', async () => {
  const ask = graph((await emulator()).profile);
  const { body: application } = await ask('POST', '/applications', { displayName: 'a' });
  const { body: site } = await ask('GET', '/sites/contoso.sharepoint.com:/sites/hr');
  expect(site.webUrl).toBe('https://contoso.sharepoint.com/sites/hr');
  expect((await ask('GET', '/sites/fabrikam.sharepoint.com:/sites/hr')).body.error.message).toBe(
    'Invalid hostname for this tenancy',
  );
  const permission = { roles: ['read'], grantedToIdentities: [{ application: { id: application.appId, displayName: 'a' } }] };
  const { body: made } = await ask('POST', `/sites/${site.id}/permissions`, permission);
  await ask('PATCH', `/sites/${site.id}/permissions/${made.id}`, { roles: ['write'] });
  expect((await ask('GET', `/sites/${site.id}/permissions`)).body.value).toEqual([
    expect.objectContaining({ id: made.id, roles: ['write'] }),
  ]);
  expect((await ask('POST', `/sites/${site.id}/permissions`, { ...permission, roles: ['all'] })).status).toBe(400);
});

test('people are found by the name that they sign in with', async () => {
  const ask = graph((await emulator()).profile);
  expect((await ask('GET', '/users/flows@contoso.com?$select=id,userPrincipalName')).body.userPrincipalName).toBe(
    'flows@contoso.com',
  );
  expect((await ask('GET', '/users/nobody@contoso.com')).body.error.code).toBe('Request_ResourceNotFound');
});

test.each([
  ['POST', '/applications', 'Authorization_RequestDenied'],
  ['GET', '/applications', 'Authorization_RequestDenied'],
  ['GET', '/users/flows@contoso.com', 'Authorization_RequestDenied'],
  ['GET', '/sites/contoso.sharepoint.com:/sites/hr', 'accessDenied'],
])('without the permission, %s %s is refused', async (method, path, code) => {
  const ask = graph((await emulator({ graphRoles: [] })).profile);
  const { status, body } = await ask(method, path, method === 'POST' ? { displayName: 'a' } : undefined);
  expect([status, body.error.code]).toEqual([403, code]);
});
