import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyAndCertificate } from '../src/index.ts';
import { folder } from './certificate/tools.ts';
import { emulator, type SignIn } from './emulator/start.ts';

export interface SignInHost {
  /** Sign-in host, https on loopback. */
  readonly authority: string;
  /** PEM file of the authority whose certificate the host shows. */
  readonly caFile: string;
  readonly tenantId: string;
  /** An app registration, and the key and certificate that are registered for it. */
  readonly clientId: string;
  readonly registered: KeyAndCertificate;
}

/** The emulator's Entra ID, which verifies client assertions, until the test ends. */
export async function signInHost(): Promise<SignInHost> {
  const { profile } = await emulator();
  const { tenantId, clientId, certificatePath } = profile.signIn as SignIn;
  const pem = readFileSync(certificatePath, 'utf8');
  const caFile = join(await folder(), 'ca.pem');
  writeFileSync(caFile, profile.certificateAuthority ?? '');
  const registered = { privateKey: createPrivateKey(pem), certificate: new X509Certificate(pem), chain: [] };
  return { authority: profile.authority, caFile, tenantId, clientId, registered };
}
