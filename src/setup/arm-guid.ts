import { createHash } from 'node:crypto';

const namespace = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/**
 * What the template function `guid(…)` of ARM and Bicep makes of these texts: a UUIDv5 of the parts, joined by `-`. So an assignment
 * made here has the name that a template would give it. Source: facts/workflow-definitions.md 7.3; the Bicep compiler agrees (a test).
 */
export function armGuid(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(parts.join('-')).digest().subarray(0, 16);
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
