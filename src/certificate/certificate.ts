import type { KeyObject, X509Certificate } from './platform/node.ts';

/** A private key, the certificate that belongs to it, and those that issued it, nearest first. */
export interface KeyAndCertificate {
  /** Node's own object: it prints and serialises as nothing, so that a key does not get into a log by accident. */
  readonly privateKey: KeyObject;
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
}
