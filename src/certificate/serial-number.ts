import { randomBytes, toHex } from './bytes.ts';

/** Ten random bytes, the first bit unset: App Service is said to refuse longer ones (MicrosoftDocs/azure-docs#91029). */
export function serialNumber(): string {
  const bytes = randomBytes(10);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return toHex(bytes);
}
