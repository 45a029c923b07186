import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import { thumbprintsOf } from '../certificate/index.ts';
import { textOf } from '../json/json.ts';

/** SHA-1 of a certificate, base64url: what vaults call `x5t`. */
export function thumbprintOf(der: Uint8Array): string {
  return thumbprintsOf(der).sha1.base64url;
}

/** The same of an entry: Graph gives base64 of the bytes, or what somebody once wrote there, mostly 40 hexadecimal digits. */
export function thumbprintOfEntry({ customKeyIdentifier, key }: KeyCredential): string {
  if (typeof key === 'string' && key !== '') return thumbprintOf(Buffer.from(key, 'base64'));
  const written = textOf(customKeyIdentifier);
  const bytes = Buffer.from(written, 'base64');
  const hex = bytes.length === 20 ? undefined : hexIn(written, bytes);
  return hex === undefined ? bytes.toString('base64url') : Buffer.from(hex, 'hex').toString('base64url');
}

function hexIn(text: string, bytes: Buffer): string | undefined {
  return [text, bytes.toString('latin1')].find((one) => /^[0-9a-f]{40}$/i.test(one));
}
