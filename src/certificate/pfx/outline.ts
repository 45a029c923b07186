import { id_data, id_encryptedData } from '@peculiar/asn1-cms';
import { AuthenticatedSafe, id_pkcs8ShroudedKeyBag, PFX, PKCS8ShroudedKeyBag, SafeContents } from '@peculiar/asn1-pfx';
import { CertificateError } from '../certificate-error.ts';
import { maximumBytes, octets, parse, reading } from '../der.ts';
import { readEncryption } from './algorithms.ts';
import type { PfxOutline } from './encoding.ts';
import { hasMac, macLabel } from './mac.ts';
import { EncryptedData } from './structures.ts';

/** Opens the outer structures. Throws a CertificateError where a cipher is none that can be read, so that nobody is asked for a password in vain. */
export function openOutline(bytes: Uint8Array): { structure: PFX; safe: Uint8Array; outline: PfxOutline } {
  if (bytes.length > maximumBytes)
    throw new CertificateError('malformed', 'The file is larger than any PFX: it must be something else.');
  const structure = parse(bytes, PFX, 'The PFX');
  if (structure.authSafe.contentType !== id_data)
    throw new CertificateError(
      'unreadable-cipher',
      'The PFX is signed with a key instead of a password, which certflow does not read. Export it with a password.',
    );
  const safe = octets(structure.authSafe.content, 'The PFX');
  const ciphers = [...new Set(encryptionsIn(safe).map(({ label }) => label))];
  const mac = hasMac(structure.macData) ? macLabel(structure.macData) : undefined;
  return { structure, safe, outline: { encoding: encodingOf(ciphers, mac), ciphers, ...(mac === undefined ? {} : { mac }) } };
}

function encryptionsIn(safe: Uint8Array) {
  return [...parse(safe, AuthenticatedSafe, 'The PFX')].flatMap(({ contentType, content }) => {
    if (contentType === id_encryptedData)
      return [readEncryption(parse(content, EncryptedData, 'The PFX').encryptedContentInfo.contentEncryptionAlgorithm)];
    if (contentType !== id_data) return [];
    const bags = parse(octets(content, 'The PFX'), SafeContents, 'The PFX');
    return [...bags]
      .filter(({ bagId }) => bagId === id_pkcs8ShroudedKeyBag)
      .map(({ bagValue }) =>
        reading('The PFX', () =>
          readEncryption(parse(bagValue, PKCS8ShroudedKeyBag, 'The private key in the PFX').encryptionAlgorithm),
        ),
      );
  });
}

function encodingOf(ciphers: readonly string[], mac = ''): PfxOutline['encoding'] {
  const is = (cipher: string, digest: string) =>
    ciphers.length > 0 && ciphers.every((label) => label.startsWith(cipher)) && mac.startsWith(`HMAC with ${digest},`);
  if (is('AES-256-CBC, PBKDF2 with SHA-256,', 'SHA-256')) return 'modern';
  return is('3DES with SHA-1,', 'SHA-1') ? 'compat' : 'other';
}
