import { base64, bytesOf, bytesOfBase64 } from './bytes.ts';
import { type Group, isGroup, type Value } from './value.ts';

/** Bytes with a type, as the language carries them. Source: docs/facts/engine.md#content. */
export interface Content {
  readonly type: string;
  readonly base64: string;
}

/** The content that a value is, if it is one. */
export function contentOf(value: Value): Content | undefined {
  if (!isGroup(value)) return undefined;
  const { '$content-type': type, $content: text } = value;
  return typeof type === 'string' && typeof text === 'string' ? { type, base64: text } : undefined;
}

export function content(type: string, bytes: Uint8Array | string): Group {
  return { '$content-type': type, $content: base64(typeof bytes === 'string' ? bytesOf(bytes) : bytes) };
}

/** The bytes of content; undefined of any other value. */
export function bytesIn(value: Value): Uint8Array | undefined {
  const found = contentOf(value);
  return found && bytesOfBase64(found.base64);
}
