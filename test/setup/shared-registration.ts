import { readFileSync } from 'node:fs';
import { connect } from '../../src/azure/azure.ts';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import type { KeyAndCertificate } from '../../src/certificate/certificate.ts';
import { createCertificate, privateKeyToPem } from '../../src/certificate/index.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { setUp } from '../../src/setup/setup.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { emulator } from '../emulator/start.ts';
import { tenantId } from './world.ts';

/** The README's own example: dev and prod, one client id, one certificate name, two vaults. */
const readme = readFileSync(new URL('../../examples/sharepoint.certflow.yaml', import.meta.url), 'utf8');
export const environments = ['dev', 'prod'] as const;
export type Name = (typeof environments)[number];

const pool: KeyAndCertificate[] = [];
for (let count = 0; count < 5; count++) pool.push(await createCertificate({ subject: `CN=${count}` }));

export const certificateAt = (index: number): KeyAndCertificate => {
  const found = pool[index];
  if (!found) throw new Error(`no certificate ${index}`);
  return found;
};
export const thumbprint = (one: KeyAndCertificate) => thumbprintOf(one.certificate.raw);

/** Vaults, certificates and one registration for both environments. `change` edits the spec's text. */
export async function shared({
  start,
  change = (text) => text,
}: {
  start: Record<Name, number>;
  change?: (text: string) => string;
}) {
  const loopback = await emulator();
  const azure = connect(loopback.profile, { application: 'certflow-test' });
  const text = change(readme);
  let clientId = '';
  for (const environment of environments) {
    const spec = parseSpec(text.replace(/clientId: \S+/, clientId && `clientId: ${clientId}`), { file: 'certflow.yaml' });
    await setUp(azure, spec, {
      environment,
      only: ['vault', 'entra'],
      certificate: certificateAt(start[environment]),
      confirm: () => true,
      onClientId: (id) => {
        clientId = id;
      },
    });
  }
  const spec = parseSpec(text.replace(/clientId: \S+/, `clientId: ${clientId}`), { file: 'certflow.yaml' });
  const handedOut = Object.fromEntries(environments.map((name) => [name, certificateAt(start[name])])) as Record<
    Name,
    KeyAndCertificate
  >;
  const registered = async () => {
    const [found] = await findApplications(azure, { appId: clientId });
    return (await readApplication(azure, found?.id ?? '')).keyCredentials.map(thumbprintOfEntry);
  };
  const options = { overlapDays: 0, confirm: () => true };
  return {
    ...loopback,
    azure,
    spec,
    clientId,
    registered,
    handedOut,
    rotate: async (environment: Name, index: number) => {
      const certificate = certificateAt(index);
      const result = await rotateOn(azure, spec, { ...options, environment, certificate });
      if (result.outcome === 'rotated') handedOut[environment] = certificate;
      return result;
    },
    finish: (environment: Name) => finishOn(azure, spec, { ...options, environment }),
    /** Signs in as the workflows of both environments do. */
    bothSignIn: async () => {
      for (const name of environments) {
        const { privateKey, certificate } = handedOut[name];
        const pem = privateKeyToPem(privateKey, undefined) + certificate.toString();
        await untilSignedIn(azure, { tenantId, clientId, pem });
      }
    },
  };
}
