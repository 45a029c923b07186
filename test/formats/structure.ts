import type { Element } from '@xmldom/xmldom';
import { parseXml } from '../../src/formats/solution/xml.ts';

/**
 * The structure of files: at each place, the names that stand there (elements, attributes, keys), and which of two stands first.
 * Places are the same for all packages: what people name themselves is `*`, and operations and resources go by their type.
 */
export class Structure {
  /** `place: name`. */
  readonly names = new Set<string>();
  /** `place: first < second`. */
  readonly orders = new Set<string>();

  /** A file of a package, or of the sources of a solution, which are the same in other places. */
  addFile(path: string, contents: string | Uint8Array) {
    const text =
      typeof contents === 'string' ? contents : new TextDecoder(contents[0] === 0xff ? 'utf-16le' : 'utf-8').decode(contents);
    const kind = kindOf(path);
    this.names.add(`files: ${kind}`);
    if (path.endsWith('.xml'))
      this.#element(
        parseXml(text.replace(/^\ufeff/, '')),
        kind === '*.data.xml' ? 'customizations.xml/ImportExportXml/Workflows/' : `${kind}/`,
      );
    else if (path.endsWith('.json')) this.#value(JSON.parse(text), `${kind} `);
  }

  /** A definition of a flow that stands in no package. */
  addDefinition(definition: unknown) {
    this.#value(definition, 'flow definition');
  }

  #element(element: Element, before: string) {
    const place = before + element.nodeName;
    const children: string[] = [];
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType !== child.ELEMENT_NODE) continue;
      children.push(child.nodeName);
      this.#element(child as Element, `${place}/`);
    }
    // Elements of one name are a list.
    this.#list(place, [...new Set(children)]);
    this.#list(
      `${place} attributes`,
      [...(element.attributes as unknown as Iterable<{ name: string }>)].map(({ name }) => name),
    );
  }

  #value(value: unknown, place: string) {
    if (Array.isArray(value)) for (const entry of value) this.#value(entry, `${place}[]`);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isFree(place)) return;
    const keys = Object.keys(value);
    const isMap = /\/(parameters|triggers|actions|connectionReferences|resources)$|Map\.json $/.test(place);
    if (!isMap) this.#list(place, keys);
    for (const key of keys) {
      const member = (value as Record<string, unknown>)[key];
      this.#value(member, isMap ? `${mapPlace(place)}/${entryName(key, member)}` : placeOf(place, key));
    }
  }

  #list(place: string, names: readonly string[]) {
    names.forEach((name, index) => {
      this.names.add(`${place}: ${name}`);
      for (const other of names.slice(index + 1)) this.orders.add(`${place}: ${name} < ${other}`);
    });
  }
}

function kindOf(path: string): string {
  if (/^Workflows\/.*\.data\.xml$/.test(path)) return '*.data.xml';
  if (path.startsWith('Workflows/')) return 'flow';
  if (path === 'Other/Solution.xml') return 'solution.xml';
  if (path === 'Other/Customizations.xml') return 'customizations.xml';
  return path.replace(/^(environmentvariabledefinitions|Microsoft\.Flow\/flows)\/[^/]+(?=\/)/, '$1/*');
}

function placeOf(place: string, key: string): string {
  // Wherever it stands, a definition is a definition.
  return key === 'definition' ? 'flow definition' : `${place}/${key}`;
}

function mapPlace(place: string): string {
  // Actions in actions are like those at the top.
  return place.endsWith('/actions') ? 'flow definition/actions' : place;
}

function entryName(key: string, value: unknown): string {
  if (key.startsWith('$')) return key;
  const { type, kind } = (value ?? {}) as { type?: string; kind?: string };
  const isOperation = type !== undefined && !/^(String|SecureString|Object|SecureObject|Int|Float|Bool|Array)$/i.test(type);
  return isOperation ? `[${type}${kind === undefined ? '' : ` ${kind}`}]` : '*';
}

/** Places whose contents people make themselves, or which connectors prescribe. */
function isFree(place: string): boolean {
  return /\/(schema|headers|queries|body|runAfter|defaultValue|expression)$|\/inputs\/parameters$|\[(Compose|ParseJson)\]\/inputs$/.test(
    place,
  );
}
