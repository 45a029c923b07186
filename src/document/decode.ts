const utf8 = new TextDecoder('utf-8');

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The text of a file: UTF-8 or UTF-16, with or without a byte order mark (which is no part of the text). What is no text at all
 * becomes text with U+FFFD in it. Unpacked solutions in UTF-16 are real: docs/facts/solution.md#files.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  return encoding === 'utf-8' ? utf8.decode(bytes) : new TextDecoder(encoding).decode(bytes);
}

/** A text in the encoding of a file, with its byte order mark if it has one. */
export function encodeLike(bytes: Uint8Array, text: string): Uint8Array {
  const encoding = encodingOf(bytes);
  const marked = (hasMark(bytes, encoding) ? '\ufeff' : '') + text;
  if (encoding === 'utf-8') return new TextEncoder().encode(marked);
  const encoded = new Uint8Array(marked.length * 2);
  const view = new DataView(encoded.buffer);
  for (let at = 0; at < marked.length; at++) view.setUint16(at * 2, marked.charCodeAt(at), encoding === 'utf-16le');
  return encoded;
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return 'utf-8';
}

function hasMark([first, second, third]: Uint8Array, encoding: Encoding): boolean {
  if (encoding === 'utf-8') return first === 0xef && second === 0xbb && third === 0xbf;
  return encoding === 'utf-16le' ? first === 0xff && second === 0xfe : first === 0xfe && second === 0xff;
}
