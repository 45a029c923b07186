import { v5 } from 'uuid';

/** Namespace of the GUIDs that templates make. Source: docs/facts/functions.md#of-arm-templates. */
const namespace = '11fb06fb-712d-4ddd-98c7-e71bbd588830';

/** `guid()` of ARM templates: a UUIDv5 (RFC 9562) of the values, joined by hyphens. */
export function guid(values: readonly string[]): string {
  return v5(new TextEncoder().encode(values.join('-')), namespace);
}
