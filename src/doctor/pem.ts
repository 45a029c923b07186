import type { X509Certificate } from 'node:crypto';
import { readPfxFromVault } from '../azure/vault-certificates.ts';
import { privateKeyToPem, readPfx } from '../certificate/index.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import type { SignInAim } from '../proofs/aim.ts';
import type { Sight } from '../proofs/sight.ts';
import type { FileContents } from './certificate-file.ts';

/** Told what nobody may see, as soon as it is read. */
export type OnSecret = (text: string) => void;

/** Key and certificate of a file, as the sign-in takes them. */
export function pemOfFile({ path, privateKey, certificate }: FileContents, onSecret: OnSecret): string {
  if (privateKey === undefined) throw new RefusedError(`${path} holds no private key`);
  return pemOf({ privateKey, certificate }, onSecret);
}

/** The same of what the vault hands out, read as the workflow reads it. */
export async function pemOfVault(sight: Sight, { vault, certificate }: SignInAim, onSecret: OnSecret): Promise<string> {
  const pfx = await readPfxFromVault(sight.azure, vault.name, certificate.name, certificate.version);
  onSecret(pfx.toString('base64'));
  try {
    return pemOf(readPfx(pfx), onSecret);
  } catch (error) {
    throw new RefusedError(
      `what the vault hands out as ${certificate.name} is no PFX without password: ${(error as Error).message}\nPut the certificate there anew: "certflow cert rotate".`,
      { cause: error },
    );
  }
}

function pemOf(
  {
    privateKey,
    certificate,
  }: { readonly privateKey: Parameters<typeof privateKeyToPem>[0]; readonly certificate: X509Certificate },
  onSecret: OnSecret,
): string {
  const pem = privateKeyToPem(privateKey, undefined) + certificate.toString();
  onSecret(pem);
  return pem;
}
