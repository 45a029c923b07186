import { nameText } from './name-text.ts';
import type { X509Certificate } from './platform/node.ts';

export interface Chained {
  /** The issuers, nearest first, as far as they are known; the root too, where it is among them. */
  readonly chain: readonly X509Certificate[];
  /** The issuer that is missing, as the last certificate names it; absent where the chain ends in a self-signed one. */
  readonly missingIssuer?: string;
}

/** Puts the issuers of a certificate in order. Those that have nothing to do with it are left out. */
export function withChain(certificate: X509Certificate, others: readonly X509Certificate[]): Chained {
  const chain: X509Certificate[] = [];
  let last = certificate;
  while (!isSelfSigned(last)) {
    const issuer = others.find(
      (other) => other.fingerprint256 !== certificate.fingerprint256 && !chain.includes(other) && isIssuer(other, last),
    );
    if (issuer === undefined) return { chain, missingIssuer: nameText(last.issuer) };
    chain.push(issuer);
    last = issuer;
  }
  return { chain };
}

/** Whether its own key signed it. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  // Not by checkIssued: that asks for the right to sign certificates, which one that only signs in does not have.
  return certificate.subject === certificate.issuer && isSignedBy(certificate, certificate);
}

function isIssuer(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && isSignedBy(certificate, issuer);
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // A key that cannot be read, a key or signature of a kind that the platform does not know: the names have to do.
    return true;
  }
}
