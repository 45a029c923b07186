import { createHash } from 'node:crypto';

/** Namespace of the GUIDs that templates make. Source: docs/facts/functions.md#of-arm-templates. */
const namespace = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/** `guid()` of ARM templates: a UUIDv5 (RFC 9562) of the values, joined by hyphens. */
export function guid(values: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(values.join('-')).digest().subarray(0, 16);
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
