import { asText } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { entryOf, member } from '../json/member.ts';
import type { Host } from './definition.ts';
import { listActions } from './walk.ts';

/** Whether a value is meant as a workflow definition: it names the schema, or has triggers and actions. */
export function isDefinition(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  if (typeof value.$schema === 'string' && /\/workflowdefinition\.json#?$/i.test(value.$schema)) return true;
  return isObject(value.triggers) && isObject(value.actions) && !isSchemaOf(value.triggers) && !isSchemaOf(value.actions);
}

/** A JSON Schema of triggers or actions, such as the language's own has: not a group of them. */
function isSchemaOf({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === 'object';
}

/** The types that one host alone has. Source: docs/facts/definitions.md#types-and-kinds. */
const hostByType: Readonly<Record<string, Host>> = {
  openapiconnection: 'power-automate',
  openapiconnectionwebhook: 'power-automate',
  openapiconnectionnotification: 'power-automate',
  serviceprovider: 'standard',
};

/** Where a definition that stands alone is meant to run, as far as it shows. */
export function hostOf(definition: Readonly<Record<string, unknown>>): Host | undefined {
  if (member(definition.parameters, '$authentication') !== undefined) return 'power-automate';
  const triggers = isObject(definition.triggers) ? Object.values(definition.triggers) : [];
  for (const operation of [...triggers, ...listActions(definition).map(({ node: action }) => action)]) {
    const host = entryOf(hostByType, asText(member(operation, 'type')).toLowerCase());
    if (host) return host;
    if (member(operation, 'inputs', 'host', 'connection', 'referenceName') !== undefined) return 'standard';
  }
  return undefined;
}
