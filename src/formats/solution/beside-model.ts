import type { Element } from '@xmldom/xmldom';
import { parseJson } from '../../document/parse-json.ts';
import { keysBeside, type Modelled } from '../writing/carried-over.ts';
import { isCustomizations, modelledParts } from './customizations.ts';
import { connectionReferencePlaces, flowPlaces, manifestPlaces, rootComponentPlaces, variablePlaces } from './model.ts';
import { outlineOf } from './outline.ts';
import { parseXml } from './xml.ts';

/** All places of the model, from the roots of its files on. */
const places: Readonly<Record<string, readonly string[]>> = {
  'solution.xml': [
    ...Object.values(manifestPlaces),
    ...Object.values(rootComponentPlaces).map((place) => `SolutionManifest/RootComponents/RootComponent/${place}`),
  ],
  'customizations.xml': [
    ...Object.values(flowPlaces).map((place) => `Workflows/Workflow/${place}`),
    ...Object.values(connectionReferencePlaces).map((place) => `connectionreferences/connectionreference/${place}`),
  ],
  '.data.xml': Object.values(flowPlaces),
  'environmentvariabledefinition.xml': Object.values(variablePlaces),
};

const flowKeys: Modelled = { properties: { connectionReferences: 1, definition: 1 } };
const valueKeys: Modelled = { environmentvariablevalues: { environmentvariablevalue: { value: 1 } } };

/** The parts of a file that the model does not tell of: the outermost element, attribute or key of each. Empty elements are none. */
export function besideModel(path: string, text: string): string[] {
  if (path.endsWith('.json')) {
    const parsed = parseJson(text);
    return keysBeside('value' in parsed ? parsed.value : undefined, path.endsWith('values.json') ? valueKeys : flowKeys);
  }
  const kind = Object.keys(places).find((end) => path.toLowerCase().endsWith(end));
  return kind === undefined
    ? []
    : elementsBeside(rootOf(path, text), new Set(places[kind]?.map((place) => place.replaceAll('?', ''))));
}

function rootOf(path: string, text: string): Element {
  return parseXml(isCustomizations(path) ? outlineOf(text, modelledParts).text : text);
}

function elementsBeside(element: Element, known: ReadonlySet<string>, path = ''): string[] {
  const found: string[] = [];
  for (const { name, value } of [...(element.attributes as unknown as Iterable<{ name: string; value: string }>)]) {
    if (!known.has(`${path}@${name}`) && value !== '') found.push(`${path}@${name}`);
  }
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType !== child.ELEMENT_NODE) continue;
    const here = `${path}${child.nodeName}`;
    if ([...known].some((place) => place.startsWith(`${here}/`)))
      found.push(...elementsBeside(child as Element, known, `${here}/`));
    else if (!known.has(here) && !isEmpty(child as Element)) found.push(here);
  }
  return found;
}

function isEmpty(element: Element): boolean {
  return element.attributes.length === 0 && element.childNodes.length === 0;
}
