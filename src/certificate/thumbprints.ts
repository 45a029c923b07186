import { toBase64, toHex } from './bytes.ts';
import { hash } from './platform/node.ts';

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
  const digest = hash(algorithm, der);
  const base64 = toBase64(digest);
  return {
    hex: toHex(digest).toUpperCase(),
    base64,
    base64url: base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  };
}
