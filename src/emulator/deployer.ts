import { randomUUID } from 'node:crypto';
import {
  createAuthority,
  createCertificate,
  type KeyAndCertificate,
  openFile,
  privateKeyToPem,
  recognise,
} from '../certificate/index.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { addRoleAssignment } from './arm/role-assignments.ts';
import { addApplication, addServicePrincipal, applicationByAppId, graphAppId, principalByAppId } from './entra/directory.ts';
import type { Folder } from './folder.ts';
import { keyCredential } from './graph/key-credentials.ts';
import type { State } from './state.ts';

/** The certificate authority of the emulator, the same at each start in one folder. */
export async function authorityIn(folder: Folder): Promise<KeyAndCertificate> {
  return kept(folder, 'authority.pem', () => createAuthority('certflow emulator'));
}

/** The certificate with which the deployer signs in. */
export async function deployerCertificateIn(folder: Folder): Promise<KeyAndCertificate> {
  return kept(folder, deployerFile, () => createCertificate({ subject: 'CN=certflow emulator deployer' }));
}

export const deployerFile = 'deployer.pem';

async function kept(folder: Folder, name: string, make: () => Promise<KeyAndCertificate>): Promise<KeyAndCertificate> {
  const before = folder.read(name);
  if (before !== undefined) {
    const { privateKey, certificate } = openFile(recognise(Buffer.from(before)), undefined);
    if (privateKey === undefined)
      throw new UsageError(`${folder.file(name)} holds no private key: delete it, and it is made again`);
    if (certificate.validToDate > new Date()) return { privateKey, certificate, chain: [] };
  }
  const made = await make();
  folder.write(name, privateKeyToPem(made.privateKey, undefined) + made.certificate.toString());
  return made;
}

/** Id of the deployer's app registration: the same in every emulator. */
export const deployerAppId = '00000000-0000-4000-8000-00000000c0de';

/** What whoever tries certflow may do unless something else is asked for: everything. */
export const deployerGraphRoles = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Sites.FullControl.All',
  'User.Read.All',
];

/** Registers the app that signs in for the user: owner of the subscriptions, with Graph permissions. */
export function addDeployer(
  state: State,
  certificate: KeyAndCertificate,
  subscriptions: readonly string[],
  graphRoles: readonly string[],
) {
  const credential = keyCredential(certificate.certificate.raw, 'certflow emulator deployer');
  const before = applicationByAppId(state, deployerAppId);
  const application =
    before ??
    addApplication(state, { appId: deployerAppId, displayName: 'certflow emulator deployer', signInAudience: 'AzureADMyOrg' });
  state.applications.set(application.id, { ...application, keyCredentials: [credential] });
  const principal = principalByAppId(state, deployerAppId) ?? addServicePrincipal(state, application);
  // Rights are given once: who takes them away tries what happens then.
  for (const subscription of subscriptions) {
    const scope = `/subscriptions/${subscription}`;
    const isKnown = [...state.resources.keys()].some((id) => id.startsWith(`${scope}/`));
    if (!isKnown) addRoleAssignment(state, { scope, role: 'owner', principalId: principal.id });
  }
  if (before !== undefined) return;
  const graph = principalByAppId(state, graphAppId);
  for (const role of graph?.appRoles.filter(({ value }) => graphRoles.includes(value)) ?? []) {
    const id = randomUUID();
    const createdDateTime = new Date().toISOString();
    state.appRoleAssignments.set(id, {
      id,
      principalId: principal.id,
      resourceId: graph?.id ?? '',
      appRoleId: role.id,
      createdDateTime,
    });
  }
}
