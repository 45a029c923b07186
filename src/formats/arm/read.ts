import { isDefinition } from '../../definition/recognise.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { fillIn } from '../../template-language/fill-in.ts';
import type { Known } from '../../template-language/value.ts';
import type { OpenedDefinition } from '../reading/opened-document.ts';
import { type JsonFile, known } from '../reading/reader.ts';
import { Links } from './links.ts';
import { recognise } from './recognise.ts';
import { type ArmTemplate, listTemplates, type PlacedResource } from './templates.ts';

/**
 * Reads the Logic Apps (Consumption) of an ARM template, those of templates inside it too, each with what its template says of it.
 * Source: docs/facts/resource-manager.md.
 */
export function read(file: JsonFile): OpenedDefinition[] {
  if (!recognise(file.value)) return [];
  const template = file.value as Record<string, unknown>;
  const found = listTemplates(template).flatMap((each) => readTemplate(each, file));
  const [first, ...others] = found;
  // What is wrong with the template itself is told once.
  if (!first || !isObject(template.outputs)) return found;
  const places = { ...first.places, templateOutputs: { pointer: '/outputs' } };
  return [{ ...first, templateOutputs: template.outputs, places }, ...others];
}

export function isWorkflow({ resource }: PlacedResource): boolean {
  return asText(resource.type).toLowerCase() === 'microsoft.logic/workflows';
}

/** The designer writes the definition beside `properties` into some templates, and the service's answers have it inside. */
export function holderOf({ resource, pointer }: PlacedResource): { holder: unknown; pointer: string } {
  const isInside = member(resource, 'properties', 'definition') !== undefined;
  return isInside ? { holder: resource.properties, pointer: `${pointer}/properties` } : { holder: resource, pointer };
}

function readTemplate(template: ArmTemplate, file: JsonFile): OpenedDefinition[] {
  const workflows = template.resources.filter(isWorkflow);
  if (workflows.length === 0) return [];
  const links = new Links(template);
  return workflows.flatMap((placed) => readWorkflow(placed, template, links, file));
}

function readWorkflow(placed: PlacedResource, { scopes }: ArmTemplate, links: Links, file: JsonFile): OpenedDefinition[] {
  const { resource } = placed;
  const { holder, pointer } = holderOf(placed);
  const written = member(holder, 'definition');
  if (written === undefined) return [];
  const { value: definition, filledIn } = fillIn(written as Known, scopes);
  if (!isDefinition(definition)) return [];
  const filled = (value: unknown) => (value === undefined ? undefined : fillIn(value as Known, scopes).value);
  const given = member(holder, 'parameters');
  const name = typeof resource.name === 'string' ? fillIn(resource.name, scopes) : undefined;
  return [
    known<OpenedDefinition>({
      name: name && !name.isOpen ? asText(name.value) : undefined,
      file: file.file,
      text: file.text,
      pointer: `${pointer}/definition`,
      definition,
      filledIn,
      host: 'consumption',
      parameters: isObject(given) ? (filled(given) as Record<string, unknown>) : undefined,
      // A resource without a location is a part of one, as examples show it.
      identity: resource.location === undefined ? undefined : (filled(resource.identity) ?? {}),
      apiVersion: typeof resource.apiVersion === 'string' ? resource.apiVersion : undefined,
      apiConnections: connectionsOf(given, links, filled),
      accessControl: member(holder, 'accessControl') ?? {},
      armExpressions: true,
      places: isObject(given) ? { parameters: { pointer: `${pointer}/parameters` } } : undefined,
    }),
  ];
}

/** The resources of the connections in `$connections` that the same template makes, by their name there. */
function connectionsOf(given: unknown, links: Links, filled: (value: unknown) => unknown) {
  const found: [string, Readonly<Record<string, unknown>>][] = [];
  for (const [name, made] of madeConnections(given, links)) {
    const properties = filled(made.resource.properties);
    if (isObject(properties) && made.resource.existing !== true) found.push([name, properties]);
  }
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The connections in `$connections` whose resource is in the same template. */
export function madeConnections(given: unknown, links: Links): [string, PlacedResource][] {
  const connections = member(given, '$connections', 'value');
  return Object.entries(isObject(connections) ? connections : {}).flatMap(([name, connection]): [string, PlacedResource][] => {
    const made = links.resourceOf(member(connection, 'connectionId'));
    return made && /^microsoft\.web\/connections$/i.test(asText(made.resource.type)) ? [[name, made]] : [];
  });
}
