/**
 * Text as Windows and others write it: UTF-8 or, as the `>` of PowerShell 5 does, UTF-16; a byte order mark is not part of it.
 * With `isStrict` it throws where the bytes are no text; otherwise such bytes become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, { isStrict = false } = {}): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: isStrict }).decode(bytes);
}
