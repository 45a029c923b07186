import type { KeyAndCertificate } from '../certificate.ts';
import { CertificateError } from '../certificate-error.ts';
import { withChain } from '../chain.ts';
import { reading } from '../der.ts';
import { type KeyObject, readPkcs8 } from '../platform/node.ts';
import { certificateOf, readCertificate } from '../read-certificate.ts';
import type { PfxDetails } from '../shown.ts';
import type { Password } from './key-derivation.ts';
import { hasMac, matchingPassword } from './mac.ts';
import { openOutline } from './outline.ts';
import { type Bags, readBags } from './safes.ts';
import { WorkLimit } from './work-limit.ts';

export interface PfxContents extends KeyAndCertificate, PfxDetails {}

/**
 * What is in a PFX (PKCS#12) with a private key. With no password, or the empty one, both kinds of file without a password are read.
 *
 * Throws a CertificateError: `malformed`, `wrong-password`, `password-needed`, `unreadable-cipher` (RC4, DES and others, by name),
 * `too-much-work`, `no-private-key`, `no-certificate`, `key-mismatch`.
 */
export function readPfx(bytes: Uint8Array, { password = '' }: { readonly password?: string } = {}): PfxContents {
  const { structure, safe, outline } = openOutline(bytes);
  // Empty or none: nobody who hands a file on knows which of the two its writer meant.
  const candidates: readonly Password[] = password === '' ? ['', undefined] : [password];
  const work = new WorkLimit();
  const open = (candidate: Password) => contentsOf(readBags(safe, candidate, work));
  const contents = hasMac(structure.macData)
    ? open(macPassword(matchingPassword(structure.macData, safe, candidates, work), password))
    : firstThatOpens(candidates, password, open);
  return { ...contents, outline };
}

function macPassword(match: { password: Password } | undefined, given: string): Password {
  if (match === undefined) throw refusedPassword(given);
  return match.password;
}

/** Without a MAC, a wrong password shows only in what comes out: bytes that are no safe, or no key. */
function firstThatOpens<Contents>(
  candidates: readonly Password[],
  given: string,
  open: (password: Password) => Contents,
): Contents {
  for (const candidate of candidates) {
    try {
      return open(candidate);
    } catch (error) {
      if (!(error instanceof CertificateError) || (error.code !== 'wrong-password' && error.code !== 'malformed')) throw error;
    }
  }
  throw refusedPassword(given);
}

function refusedPassword(given: string): CertificateError {
  return given === ''
    ? new CertificateError('password-needed', 'The PFX has a password, and none was given.')
    : new CertificateError('wrong-password', 'The password does not open the PFX. Upper and lower case count, and spaces too.');
}

function contentsOf({ keys, certificates }: Bags): Omit<PfxContents, 'outline'> {
  const [anyKey] = keys;
  if (anyKey === undefined)
    throw new CertificateError(
      'no-private-key',
      'The PFX holds no private key. Export it again together with its key, from where the key was made.',
    );
  if (certificates.length === 0) throw new CertificateError('no-certificate', 'The PFX holds a private key and no certificate.');
  const read = certificates.map(({ der, friendlyName }) => ({
    certificate: readCertificate(der, 'A certificate in the PFX'),
    friendlyName,
  }));
  const all = read.map(({ certificate }) => certificate);
  for (const { pkcs8, keyProvider } of keys) {
    const privateKey = readKey(pkcs8);
    const certificate = certificateOf(privateKey, all);
    const own = read.find((one) => one.certificate === certificate);
    if (own === undefined) continue;
    return {
      privateKey,
      certificate: own.certificate,
      chain: withChain(own.certificate, all).chain,
      ...(own.friendlyName === undefined ? {} : { friendlyName: own.friendlyName }),
      ...(keyProvider === undefined ? {} : { keyProvider }),
    };
  }
  throw new CertificateError('key-mismatch', 'The private key in the PFX belongs to none of the certificates in it.');
}

function readKey(pkcs8: Uint8Array): KeyObject {
  return reading('The private key in the PFX', () => readPkcs8(pkcs8));
}
