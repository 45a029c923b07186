/** The Workflow Definition Language as JSON. Source: docs/facts/definitions.md. */

import type { Json, JsonObject } from '../json/json.ts';

export const definitionSchema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

export type ParameterType = 'String' | 'SecureString' | 'Int' | 'Float' | 'Bool' | 'Array' | 'Object' | 'SecureObject';

export type Status = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut';

/** A definition as certflow writes it. */
export interface Definition {
  $schema: string;
  contentVersion: string;
  description?: string;
  metadata?: JsonObject;
  parameters: Record<string, { type: ParameterType; defaultValue?: Json; metadata?: JsonObject }>;
  triggers: Record<string, JsonObject>;
  actions: Record<string, JsonObject>;
  outputs: JsonObject;
}

/** Where a definition runs. */
export type Host = 'consumption' | 'standard' | 'power-automate';

/**
 * The member of `metadata` that names what not to report there: `{ "<rule>": "<reason>" }`. Not a comment: the portal, packages and
 * ARM keep metadata, and the service does not look at it. Source: docs/facts/definitions.md#members.
 */
export const ignoreKey = 'certflow-ignore';
