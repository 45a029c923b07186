import { id_data, id_encryptedData } from '@peculiar/asn1-cms';
import {
  AuthenticatedSafe,
  CertBag,
  id_certBag,
  id_keyBag,
  id_pkcs8ShroudedKeyBag,
  id_SafeContents,
  id_x509Certificate,
  PKCS8ShroudedKeyBag,
  type SafeBag,
  SafeContents,
} from '@peculiar/asn1-pfx';
import { BmpString, fromBER } from 'asn1js';
import { joined } from '../bytes.ts';
import { CertificateError } from '../certificate-error.ts';
import { maximumCertificates, octets, parse, reading } from '../der.ts';
import { decrypt } from './encryption.ts';
import type { Password } from './key-derivation.ts';
import { EncryptedData } from './structures.ts';
import type { WorkLimit } from './work-limit.ts';

/** Keys and certificates of a PFX as they lie in it. */
export interface Bags {
  readonly keys: { readonly pkcs8: Uint8Array; readonly keyProvider?: string }[];
  readonly certificates: { readonly der: Uint8Array; readonly friendlyName?: string }[];
}

const what = 'The PFX';
const friendlyName = '1.2.840.113549.1.9.20';
/** Microsoft's attribute for the provider that a key was made by. */
const keyProvider = '1.3.6.1.4.1.311.17.1';

/** Safes in safes: real files have none, the standard sets no end. */
const maximumDepth = 8;

/** Decrypts and collects. Throws a CertificateError, `wrong-password` among them. */
export function readBags(safe: Uint8Array, password: Password, work: WorkLimit): Bags {
  const bags: Bags = { keys: [], certificates: [] };
  for (const { contentType, content } of parse(safe, AuthenticatedSafe, what)) {
    if (contentType === id_data) collect(octets(content, what), bags, password, work, 0);
    else if (contentType === id_encryptedData) collect(decryptSafe(content, password, work), bags, password, work, 0);
    else
      throw new CertificateError(
        'unreadable-cipher',
        'The PFX is encrypted for a certificate instead of a password, which certflow does not read. Export it with a password.',
      );
  }
  return bags;
}

function decryptSafe(content: ArrayBuffer, password: Password, work: WorkLimit): Uint8Array {
  const { contentEncryptionAlgorithm, encryptedContent } = parse(content, EncryptedData, what).encryptedContentInfo;
  const pieces = encryptedContent?.constructedValue ?? [encryptedContent?.value];
  const bytes = joined(pieces.map((piece) => new Uint8Array(piece?.buffer ?? new ArrayBuffer(0))));
  return decrypt(contentEncryptionAlgorithm, bytes, password, work);
}

function collect(contents: Uint8Array, bags: Bags, password: Password, work: WorkLimit, depth: number) {
  if (depth > maximumDepth)
    throw new CertificateError('malformed', 'The PFX is nested more deeply than any program writes. It is damaged.');
  for (const bag of parse(contents, SafeContents, what)) {
    const { bagId, bagValue } = bag;
    if (bags.keys.length + bags.certificates.length > maximumCertificates)
      throw new CertificateError(
        'malformed',
        `The PFX holds more than ${maximumCertificates} keys and certificates, more than any chain.`,
      );
    if (bagId === id_keyBag) bags.keys.push({ pkcs8: new Uint8Array(bagValue), ...textOf(bag, keyProvider, 'keyProvider') });
    else if (bagId === id_pkcs8ShroudedKeyBag) {
      const { encryptionAlgorithm, encryptedData } = parse(bagValue, PKCS8ShroudedKeyBag, what);
      const pkcs8 = decrypt(encryptionAlgorithm, new Uint8Array(encryptedData.buffer), password, work);
      bags.keys.push({ pkcs8, ...textOf(bag, keyProvider, 'keyProvider') });
    } else if (bagId === id_certBag) {
      const { certId, certValue } = parse(bagValue, CertBag, what);
      if (certId === id_x509Certificate)
        bags.certificates.push({ der: octets(certValue, what), ...textOf(bag, friendlyName, 'friendlyName') });
    } else if (bagId === id_SafeContents) collect(new Uint8Array(bagValue), bags, password, work, depth + 1);
    // Revocation lists and secrets are of no use here.
  }
}

/** An attribute's text under the given name, or nothing. */
function textOf<Name extends string>({ bagAttributes = [] }: SafeBag, id: string, name: Name): { [Key in Name]?: string } {
  const value = bagAttributes.find(({ attrId }) => attrId === id)?.attrValues[0];
  if (value === undefined) return {};
  const { result } = reading(what, () => fromBER(value));
  return (result instanceof BmpString ? { [name]: result.getValue() } : {}) as { [Key in Name]?: string };
}
