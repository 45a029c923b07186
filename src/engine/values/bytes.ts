import { refuse } from '../refusal.ts';

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Refuses what is no base64. */
export function bytesOfBase64(text: string): Uint8Array {
  if (!/^[\w+/\s]*={0,2}\s*$/.test(text) || text.includes('_')) refuse('The value is no base64.');
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    refuse('The value is no base64.');
  }
}
