import type { Element } from '@xmldom/xmldom';
import { cutValue } from '../../diagnostics/show.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { outlineOf } from './outline.ts';
import { childrenIn, childText, parseXml } from './xml.ts';

/** What customizations.xml tells of flows. Source: docs/facts/solution.md#customizations. */
export interface Customizations {
  /** Connector id by logical name. */
  readonly references?: Readonly<Record<string, string>>;
  /** Name of a flow by the path of its JSON file within the solution, in lower case. */
  readonly names: ReadonlyMap<string, string>;
}

/** In a zip, and in the layout of `pac solution unpack`. */
export const customizationFiles = ['customizations.xml', 'Other/Customizations.xml'];

/** The parts of it that say something of flows. */
export const modelledParts: ReadonlySet<string> = new Set(['Workflows', 'connectionreferences']);

/** Whether a file is one whose other parts may be long: entities, forms, roles. */
export function isCustomizations(path: string): boolean {
  return /(^|\/)customizations\.xml$/i.test(path);
}

export function readCustomizations(reading: DocumentFiles, root: string): Customizations {
  const element = firstXml(reading, root, customizationFiles)?.element;
  if (!element) return { names: new Map() };
  const references = childrenIn(element, 'connectionreferences', 'connectionreference').map((reference) => [
    reference.getAttribute('connectionreferencelogicalname') ?? '',
    childText(reference, 'connectorid') ?? '',
  ]);
  return {
    references: Object.fromEntries(references),
    names: new Map(childrenIn(element, 'Workflows', 'Workflow').map(nameOf)),
  };
}

/** An unpacked solution keeps what there is to say of a flow in a file of its own. */
export function readName(reading: DocumentFiles, path: string): string | undefined {
  const element = reading.tree.has(`${path}.data.xml`) ? readXml(reading, `${path}.data.xml`) : undefined;
  return element?.getAttribute('Name') ?? undefined;
}

function nameOf(workflow: Element): [string, string] {
  return [(childText(workflow, 'JsonFileName') ?? '').replace(/^\//, '').toLowerCase(), workflow.getAttribute('Name') ?? ''];
}

/** The root element of an XML file that is there; undefined, and a problem, where it is not well formed. */
export function readXml(reading: DocumentFiles, path: string): Element | undefined {
  return reading.once(path, (text) => {
    try {
      if (!isCustomizations(path)) return parseXml(text);
      const outline = outlineOf(text, modelledParts);
      outline.check();
      return parseXml(outline.text);
    } catch (error) {
      reading.unusable(path, `it is no sound XML: ${cutValue((error as Error).message)}`);
      return undefined;
    }
  });
}

/** The first of some files that is there, as XML. */
export function firstXml(
  reading: DocumentFiles,
  root: string,
  names: readonly string[],
): { path: string; element: Element } | undefined {
  const path = names.map((name) => root + name).find((path) => reading.tree.has(path));
  const element = path === undefined ? undefined : readXml(reading, path);
  return path !== undefined && element ? { path, element } : undefined;
}
