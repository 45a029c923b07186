import { createHash } from 'node:crypto';

/** One hash of a certificate's DER in every form that portals, Graph and tokens use. */
export interface Thumbprint {
  /** Capitals without separators: the portal, PowerShell, `customKeyIdentifier` in the portal. */
  readonly hex: string;
  /** `customKeyIdentifier` in Graph's JSON. */
  readonly base64: string;
  /** `x5t` (SHA-1) and `x5t#S256` (SHA-256) in the header of a client assertion. */
  readonly base64url: string;
}

export interface Thumbprints {
  readonly sha1: Thumbprint;
  readonly sha256: Thumbprint;
}

export function thumbprints(der: Uint8Array): Thumbprints {
  return { sha1: thumbprint('sha1', der), sha256: thumbprint('sha256', der) };
}

function thumbprint(algorithm: 'sha1' | 'sha256', der: Uint8Array): Thumbprint {
  const digest = createHash(algorithm).update(der).digest();
  return {
    hex: digest.toString('hex').toUpperCase(),
    base64: digest.toString('base64'),
    base64url: digest.toString('base64url'),
  };
}
