import { expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import {
  createApplication,
  createServicePrincipal,
  findApplications,
  findServicePrincipal,
  findUser,
  grantRole,
  listGrantedRoles,
  readApplication,
} from '../../src/azure/graph.ts';
import { findSite, findSiteGrant, grantSite } from '../../src/azure/sites.ts';
import { createCertificate } from '../../src/certificate/index.ts';
import { knownApis } from '../../src/cloud/apis.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { changeKeyCredentials, keyCredential } from '../../src/setup/key-credentials.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { emulator } from '../emulator/start.ts';

async function azure(graphRoles?: readonly string[]) {
  const { profile } = await emulator(graphRoles ? { graphRoles } : {});
  return connect(profile, { application: 'certflow-test' });
}

test('an application is made, found by name and id, gets certificates beside those there, and a service principal', async () => {
  const graph = await azure();
  const made = await createApplication(graph, { displayName: "HR's reader", uniqueName: 'hr' });
  expect(await findApplications(graph, { displayName: "hr's READER" })).toHaveLength(1);
  expect(await findApplications(graph, { appId: made.appId })).toEqual([
    { id: made.id, appId: made.appId, displayName: "HR's reader" },
  ]);
  const der = anyCertificate.certificate.raw;
  await changeKeyCredentials(graph, made, { add: [keyCredential(der, 'first')] });
  const first = await readApplication(graph, made.id);
  const second = (await createCertificate({ subject: 'CN=second' })).certificate.raw;
  await changeKeyCredentials(graph, made, { add: [keyCredential(second, 'second')] });
  // It is there already.
  expect(await changeKeyCredentials(graph, made, { add: [keyCredential(der, 'third')] })).toMatchObject({ isChanged: false });
  const { keyCredentials } = await readApplication(graph, made.id);
  expect(keyCredentials.map(({ displayName }) => displayName)).toEqual(['first', 'second']);
  expect(keyCredentials[0]?.keyId).toBe(first.keyCredentials[0]?.keyId);
  expect(keyCredentials.map(thumbprintOfEntry)).toEqual([thumbprintOf(der), thumbprintOf(second)]);
  // Without the key, as in lists, the thumbprint tells the same.
  expect(thumbprintOfEntry({ ...keyCredentials[0], key: null })).toBe(thumbprintOf(der));

  expect(await findServicePrincipal(graph, { appId: made.appId })).toBeUndefined();
  const principal = await createServicePrincipal(graph, made.appId);
  await expect(createServicePrincipal(graph, made.appId)).rejects.toThrow('already in use');
  const api = await findServicePrincipal(graph, { appId: knownApis.graph.appId });
  const appRoleId = api?.roles.get('User.Read.All') ?? '';
  const role = { name: 'User.Read.All', principalId: principal.id, resourceId: api?.id ?? '', appRoleId };
  await grantRole(graph, role);
  expect(await listGrantedRoles(graph, principal.id)).toEqual([{ resourceId: api?.id, appRoleId }]);
  // Somebody else may have consented since it was looked at.
  await grantRole(graph, role);
  expect(await listGrantedRoles(graph, principal.id)).toHaveLength(1);
  await expect(grantRole(graph, { ...role, appRoleId: principal.id })).rejects.toThrow('was not found on application');
});

test('a site is found by its address, and a grant on it is made and changed', async () => {
  const graph = await azure();
  const siteId = (await findSite(graph, 'contoso.sharepoint.com:/sites/hr')) ?? '';
  expect(await findSite(graph, 'other.sharepoint.com:/sites/hr')).toBeUndefined();
  const { appId } = await createApplication(graph, { displayName: 'HR', uniqueName: 'hr' });
  expect(await findSite(graph, 'contoso.sharepoint.com')).toMatch(/^contoso\.sharepoint\.com,/);
  expect(await findSiteGrant(graph, siteId, appId)).toBeUndefined();
  await grantSite(graph, { siteId, appId, displayName: 'HR', role: 'read' });
  const grant = await findSiteGrant(graph, siteId, appId);
  expect(grant?.roles).toEqual(['read']);
  await grantSite(graph, { siteId, appId, displayName: 'HR', role: 'write', ...(grant && { grant }) });
  expect(await findSiteGrant(graph, siteId, appId)).toEqual({ id: grant?.id, roles: ['write'] });
});

test('a user is found by name', async () => {
  const graph = await azure();
  expect(await findUser(graph, 'flows@contoso.com')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await findUser(graph, 'flows@elsewhere.example')).toBeUndefined();
});

test('what is refused for want of a right names the right and who can give it', async () => {
  const graph = await azure(['Application.Read.All']);
  await expect(createApplication(graph, { displayName: 'HR', uniqueName: 'hr' })).rejects.toThrow(
    /^Registering the application "HR" was refused \(403\): Insufficient privileges.*\nIt takes the Entra role Application Developer .*; a Privileged Role Administrator of the tenant can give it\.$/,
  );
  await expect(findUser(graph, 'flows@contoso.com')).rejects.toThrow('User.ReadBasic.All');
  await expect(findSite(graph, 'contoso.sharepoint.com')).rejects.toThrow('Sites.FullControl.All');
});
