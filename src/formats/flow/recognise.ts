import { isDefinition } from '../../definition/recognise.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';

/**
 * Whether a file is a Power Automate flow: the clientdata of a solution or the definition.json of a legacy package.
 * Source: docs/facts/flow-package.md#the-definition and docs/facts/solution.md#customizations.
 */
export function recognise(value: unknown): boolean {
  const properties = member(value, 'properties');
  if (!isDefinition(member(properties, 'definition'))) return false;
  const type = member(value, 'type');
  return (
    isObject(member(properties, 'connectionReferences')) ||
    /^Microsoft\.(Flow|ProcessSimple)\//i.test(typeof type === 'string' ? type : '') ||
    /shared_logicflows$/i.test(asText(member(properties, 'apiId'))) ||
    (isObject(value) && typeof value.schemaVersion === 'string' && !('type' in value))
  );
}
