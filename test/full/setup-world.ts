import { expect } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import type { KeyAndCertificate } from '../../src/certificate/certificate.ts';
import { privateKeyToPem } from '../../src/certificate/index.ts';
import { certificatesOfficer } from '../../src/cloud/roles.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { emulator } from '../emulator/start.ts';
import { subscription, tenantId, wholeSpec } from '../setup/world.ts';
import { baseSpec, specOf } from '../specs.ts';

/** A spec whose things are all its own, so that many share one emulator. */
export const numberedSpec = (number: number, clientId?: string) => ({
  ...baseSpec,
  ...wholeSpec,
  appRegistration: {
    tenantId,
    displayName: `HR ${number}`,
    permissions: wholeSpec.appRegistration.permissions.slice(0, 1),
    ...(clientId ? { clientId } : {}),
  },
  vault: { name: `kv-contoso-${number}`, resourceGroup: `rg-${number}` },
});

export const numbered = (number: number, clientId?: string) => specOf(numberedSpec(number, clientId));

export const vaultId = (number: number) =>
  `/subscriptions/${subscription}/resourceGroups/rg-${number}/providers/Microsoft.KeyVault/vaults/kv-contoso-${number}`;

export const pemOf = ({ privateKey, certificate }: KeyAndCertificate) =>
  privateKeyToPem(privateKey, undefined) + certificate.toString();

export async function world() {
  const loopback = await emulator();
  const azure = connect(loopback.profile, { application: 'certflow-test' });
  const me = await whoIsSignedIn(azure);
  return { ...loopback, azure, me };
}

/** Looks whether a set-up is whole, and nothing in it is there twice or left behind. `about` stands in what fails. */
export async function expectWhole({ azure, me, requests }: Awaited<ReturnType<typeof world>>, number: number, about: unknown) {
  const applications = await findApplications(azure, { displayName: `HR ${number}` });
  expect([about, applications.length]).toEqual([about, 1]);
  const { appId, id } = applications[0] as (typeof applications)[0];
  const { keyCredentials } = await readApplication(azure, id);
  expect([about, keyCredentials.map(thumbprintOfEntry)]).toEqual([about, [thumbprintOf(anyCertificate.certificate.raw)]]);
  await untilSignedIn(azure, { tenantId, clientId: appId, pem: pemOf(anyCertificate) });
  const own = (await listRoleAssignments(azure, vaultId(number), me.objectId)).map(({ roleId }) => roleId);
  expect([about, own.includes(certificatesOfficer.id)]).toEqual([about, false]);
  const imports = requests().filter(({ url }) => url.includes(`kv-contoso-${number}/`) && url.includes('/import'));
  expect([
    about,
    imports.filter(({ answer, fault }) => answer?.status === 200 || fault === 'lost' || fault === 'unavailableLate'),
  ]).toEqual([about, [expect.anything()]]);
}
