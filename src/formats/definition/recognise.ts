import { isDefinition } from '../../definition/recognise.ts';
import { asText } from '../../diagnostics/words.ts';
import { member } from '../../json/member.ts';

/**
 * Where a definition stands in a file that has just one: bare; the code view and a Standard workflow.json; a resource as the
 * service gives it; a run with its workflow, a template of the gallery, a Standard workflow as the management API gives it.
 */
const places: readonly (readonly string[])[] = [
  [],
  ['definition'],
  ['properties', 'definition'],
  ['properties', 'workflow', 'properties', 'definition'],
  ['properties', 'files', 'workflow.json', 'definition'],
  ['properties'],
];

/** A JSON Schema: that of the language describes `triggers` and `actions` where a definition has them. */
function isJsonSchema(value: unknown): boolean {
  return /^https?:\/\/json-schema\.org\//i.test(asText(member(value, '$schema')));
}

/** The keys that lead to the definition, or undefined. */
export function placeOfDefinition(value: unknown): readonly string[] | undefined {
  return isJsonSchema(value) ? undefined : places.find((place) => isDefinition(member(value, ...place)));
}

export function recognise(value: unknown): boolean {
  return placeOfDefinition(value) !== undefined;
}
