const utf8 = new TextDecoder('utf-8');

/**
 * The text of a file: UTF-8 or UTF-16, with or without a byte order mark (which is no part of the text). What is no text at all
 * becomes text with U+FFFD in it. Unpacked solutions in UTF-16 are real: facts/power-automate.md 2.6.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return new TextDecoder('utf-16le').decode(bytes);
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return new TextDecoder('utf-16be').decode(bytes);
  return utf8.decode(bytes);
}
