import type { VaultCreateOrUpdateParameters } from '@azure/arm-keyvault';
import { expect, test } from 'vitest';
import { createCertificate, readPfx, writePfx } from '../../src/certificate/index.ts';
import { azure, ground } from './azure.ts';
import { emulator } from './start.ts';
import { grant, ownId, vaultClients, vaultId } from './vaults.ts';

test('a certificate is imported, and its secret is the PFX with the same key', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'keyVaultAdministrator');
  const { certificates, secrets } = vaultClients(profile);
  const made = await createCertificate({ subject: 'CN=api' });
  const imported = await certificates.importCertificate('api', writePfx(made, { password: 'canary', rounds: 2 }), {
    password: 'canary',
  });
  expect(Buffer.from(imported.cer ?? [])).toEqual(made.certificate.raw);
  expect(imported.properties.vaultUrl).toBe('https://kv-contoso-dev.vault.azure.net');
  const secret = await secrets.getSecret('api');
  const { privateKey, certificate } = readPfx(Buffer.from(secret.value ?? '', 'base64'));
  expect(certificate.raw).toEqual(made.certificate.raw);
  expect(privateKey.equals(made.privateKey)).toBe(true);

  await certificates.importCertificate('api', writePfx(await createCertificate({ subject: 'CN=api' }), { rounds: 2 }));
  const versions = [];
  for await (const { version } of certificates.listPropertiesOfCertificateVersions('api')) versions.push(version);
  expect(versions).toHaveLength(2);
  await certificates.updateCertificateProperties('api', versions[0] ?? '', { enabled: false });
  await expect(secrets.getSecret('api', { version: versions[0] ?? '' })).rejects.toThrow('disabled secret');
  expect((await certificates.getCertificate('api')).properties.version).toBe(versions[1]);
});

test('a wrong password and a certificate without its key are refused', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'certificatesOfficer');
  const { certificates } = vaultClients(profile);
  const made = await createCertificate({ subject: 'CN=api' });
  const refused = { code: 'BadParameter', statusCode: 400 };
  await expect(
    certificates.importCertificate('api', writePfx(made, { password: 'a', rounds: 2 }), { password: 'b' }),
  ).rejects.toMatchObject(refused);
  await expect(certificates.importCertificate('api', Buffer.from(made.certificate.toString()))).rejects.toMatchObject(refused);
});

test('a certificate is made inside, with polling', async () => {
  const { profile, requests } = await emulator({ pace: { step: 20 } });
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'keyVaultAdministrator');
  const { certificates, secrets } = vaultClients(profile);
  const poller = await certificates.beginCreateCertificate(
    'inside',
    { issuerName: 'Self', subject: 'CN=inside', validityInMonths: 6 },
    { intervalInMs: 1 },
  );
  const { cer } = await poller.pollUntilDone();
  const { certificate } = readPfx(Buffer.from((await secrets.getSecret('inside')).value ?? '', 'base64'));
  expect(Buffer.from(cer ?? [])).toEqual(certificate.raw);
  expect(certificate.subject).toBe('CN=inside');
  const begun = requests().find(
    ({ method, url, answer }) => method === 'POST' && url.includes('/inside/create') && answer?.status !== 401,
  );
  expect([begun?.answer?.status, JSON.parse(begun?.answer?.body ?? '{}').status]).toEqual([202, 'inProgress']);
});

test('a deleted name cannot be used until it is recovered or purged', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'keyVaultAdministrator');
  const { certificates } = vaultClients(profile);
  const pfx = writePfx(await createCertificate({ subject: 'CN=api' }), { rounds: 2 });
  await certificates.importCertificate('api', pfx);
  await (await certificates.beginDeleteCertificate('api', { intervalInMs: 1 })).pollUntilDone();
  await expect(certificates.getCertificate('api')).rejects.toMatchObject({ code: 'CertificateNotFound' });
  await expect(certificates.importCertificate('api', pfx)).rejects.toMatchObject({ statusCode: 409, code: 'Conflict' });
  await (await certificates.beginRecoverDeletedCertificate('api', { intervalInMs: 1 })).pollUntilDone();
  await expect(certificates.getCertificate('api')).resolves.toBeDefined();
  await (await certificates.beginDeleteCertificate('api', { intervalInMs: 1 })).pollUntilDone();
  await certificates.purgeDeletedCertificate('api');
  await expect(certificates.importCertificate('api', pfx)).resolves.toBeDefined();
});

test('a role counts once it is replicated; an access policy at once', async () => {
  const { profile, setReplicationDelay } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const { secrets } = vaultClients(profile);
  const forbidden = { statusCode: 403, code: 'Forbidden' };
  await expect(secrets.setSecret('a', 'b')).rejects.toMatchObject(forbidden);
  setReplicationDelay(60_000);
  await grant(clients, 'secretsOfficer');
  await expect(secrets.setSecret('a', 'b')).rejects.toMatchObject(forbidden);
  setReplicationDelay(0);
  await expect(secrets.setSecret('a', 'b')).resolves.toBeDefined();

  await ground(clients, { isRbac: false, vault: 'kv-old' });
  const old = vaultClients(profile, 'kv-old').secrets;
  await expect(old.setSecret('a', 'b')).rejects.toThrow('does not have secrets set permission');
  await clients.vaults.vaults.updateAccessPolicy('rg-shared', 'kv-old', 'add', {
    properties: {
      accessPolicies: [
        { tenantId: '11111111-1111-1111-1111-111111111111', objectId: await ownId(clients), permissions: { secrets: ['set'] } },
      ],
    },
  });
  await expect(old.setSecret('a', 'b')).resolves.toBeDefined();
  await expect(old.getSecret('a')).rejects.toThrow('does not have secrets get permission');
});

test('the name of a vault is taken in the whole cloud, and stays so while the vault is deleted', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const vault = {
    location: 'westeurope',
    properties: { tenantId: '11111111-1111-1111-1111-111111111111', sku: { family: 'A', name: 'standard' }, accessPolicies: [] },
  } satisfies VaultCreateOrUpdateParameters;
  await expect(clients.vaults.vaults.createOrUpdate('rg-flows', 'kv-contoso-dev', vault)).rejects.toMatchObject({
    code: 'VaultAlreadyExists',
  });
  await expect(
    clients.vaults.vaults.checkNameAvailability({ name: 'kv-contoso-dev', type: 'Microsoft.KeyVault/vaults' }),
  ).resolves.toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
  await clients.vaults.vaults.delete('rg-shared', 'kv-contoso-dev');
  await expect(clients.vaults.vaults.createOrUpdate('rg-shared', 'kv-contoso-dev', vault)).rejects.toThrow('deleted state');
  const deleted = await clients.vaults.vaults.getDeleted('kv-contoso-dev', 'westeurope');
  expect(deleted.properties?.vaultId).toBe(vaultId);
  await clients.vaults.vaults.createOrUpdate('rg-shared', 'kv-contoso-dev', {
    ...vault,
    properties: { ...vault.properties, createMode: 'recover' },
  });
  await expect(clients.vaults.vaults.get('rg-shared', 'kv-contoso-dev')).resolves.toBeDefined();
});

test('a token that runs out is got anew by the client, as the challenge says', async () => {
  const { profile, setFaults, requests } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'secretsOfficer');
  const { secrets } = vaultClients(profile);
  await secrets.setSecret('a', 'b');
  const asked = requests().filter(({ service }) => service === 'vault').length;
  setFaults([{ kind: 'tokenExpired', service: 'vault' }]);
  expect((await secrets.getSecret('a')).value).toBe('b');
  expect(
    requests()
      .filter(({ service }) => service === 'vault')
      .slice(asked)
      .map(({ answer }) => answer?.status),
  ).toEqual([401, 200]);
});
