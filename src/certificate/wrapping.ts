import { isObject } from '../json/json.ts';
import { fromBase64 } from './bytes.ts';
import { pemBlocks } from './pem.ts';
import { decodeText } from './text.ts';

/**
 * What stands around a file: `base64` and `base64url` text, `base64-lines`: base64 between the lines of a certificate, as `certutil -encode`
 * writes whatever file; `quotes` around a text, or `answer`: the JSON that Key Vault answers with (`az keyvault secret show` prints it; of
 * a certificate, with its public part as `cer`), also as the body in the outputs of an action.
 */
export type Wrapping = 'base64' | 'base64url' | 'base64-lines' | 'quotes' | 'answer';

/** One layer less, and which it was; undefined where none is around it. */
export function unwrap(bytes: Uint8Array): { readonly wrapping: Wrapping; readonly bytes: Uint8Array } | undefined {
  const text = decodeText(bytes).trim();
  if (isJson(bytes)) return fromJson(text);
  const [block] = pemBlocks(text);
  if (block !== undefined) return { wrapping: 'base64-lines', bytes: block.bytes };
  const letters = text.replaceAll(/\s/g, '');
  if (letters.length < 64 || !/^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$/.test(letters)) return undefined;
  return { wrapping: /[_-]/.test(letters) ? 'base64url' : 'base64', bytes: fromBase64(letters) };
}

/** Whether a text begins as JSON, or one in quotes, does; no file of certificates begins so. */
export function isJson(bytes: Uint8Array): boolean {
  return /^\s*["'{]/.test(decodeText(bytes.subarray(0, 64)));
}

function fromJson(text: string): ReturnType<typeof unwrap> {
  // As PowerShell and shells quote.
  const quoted = /^'([^']*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return layer('quotes', quoted);
  const value = parsed(text);
  if (typeof value === 'string') return layer('quotes', value);
  const answer = isObject(value) && isObject(value.body) ? value.body : value;
  const contents = isObject(answer) ? [answer.value, answer.cer].find((member) => typeof member === 'string') : undefined;
  return contents === undefined ? undefined : layer('answer', contents);
}

function layer(wrapping: Wrapping, text: string) {
  return { wrapping, bytes: new TextEncoder().encode(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A text of another kind that begins so.
    return undefined;
  }
}
