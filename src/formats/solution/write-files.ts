import type { Element } from '@xmldom/xmldom';
import { parseJson } from '../../document/parse-json.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { GeneratedFile } from '../format.ts';
import { toJson } from '../writing/json.ts';
import { isCustomizations, modelledParts } from './customizations.ts';
import {
  contentTypesPath,
  customizationsPath,
  type Layout,
  manifestPath,
  recordPath,
  valuePath,
  variablePath,
} from './layout.ts';
import {
  type ConnectionReference,
  connectionReferencePlaces,
  type Flow,
  type FlowRecord,
  flowPlaces,
  manifestPlaces,
  type RootComponent,
  rootComponentPlaces,
  type Solution,
  type Variable,
  variablePlaces,
} from './model.ts';
import { outlineOf } from './outline.ts';
import { type Places, readPlaces, writePlaces } from './places.ts';
import * as skeletons from './skeletons.ts';
import { appendCopy, childNamed, indent, parseXml, serializeXml } from './xml.ts';

/** What there is of a solution already: texts of its files, without byte order mark; undefined where there is no such file. */
export type Before = (path: string) => string | undefined;

interface Options {
  readonly layout: Layout;
  /** LCID of what is new. */
  readonly language: number;
  /** What is not of the model stays as it is here. Default: nothing, and all else comes from the skeletons. */
  readonly before?: Before;
}

/** The files of a solution that the model tells of, by path, in the order in which they stand in a zip. */
export function writeFiles(solution: Solution, { layout, language, before = () => undefined }: Options): GeneratedFile[] {
  const write = new SolutionWriter(layout, language, before);
  return [
    ...(layout === 'zip' && before(contentTypesPath) === undefined
      ? [write.xml(contentTypesPath, skeletons.contentTypesSkeleton, () => undefined)]
      : []),
    write.manifest(solution),
    write.customizations(solution),
    ...solution.flows.flatMap((flow) => write.flow(flow)),
    ...solution.variables.flatMap((variable) => write.variable(variable)),
  ];
}

class SolutionWriter {
  readonly #layout: Layout;
  readonly #language: number;
  readonly #before: Before;

  constructor(layout: Layout, language: number, before: Before) {
    this.#layout = layout;
    this.#language = language;
    this.#before = before;
  }

  manifest({ manifest, components }: Solution): GeneratedFile {
    const skeleton = skeletons.solutionSkeleton(this.#language);
    return this.xml(manifestPath[this.#layout], skeleton, (root, model) => {
      writePlaces(root, manifestPlaces, manifest, model);
      const list = childNamed(childNamed(root, 'SolutionManifest') ?? root, 'RootComponents');
      if (list) writeList(list, rootComponents, components);
    });
  }

  customizations({ flows, connectionReferences }: Solution): GeneratedFile {
    const skeleton = skeletons.customizationsSkeleton(this.#language);
    return this.xml(customizationsPath[this.#layout], skeleton, (root) => {
      const workflows = childNamed(root, 'Workflows');
      if (this.#layout === 'zip' && workflows) writeList(workflows, workflowList(this.#language), flows);
      const references = childNamed(root, 'connectionreferences');
      if (references) writeList(references, connectionReferenceList, connectionReferences);
    });
  }

  flow(flow: Flow): GeneratedFile[] {
    const path = flow.file.slice(1);
    const { connectionReferences, definition } = flow;
    const before = this.#json(path) ?? {
      properties: { connectionReferences, definition, templateName: '' },
      schemaVersion: '1.0.0.0',
    };
    const properties = { ...(member(before, 'properties') as object), connectionReferences, definition };
    const json = { path, contents: toJson({ ...before, properties }) };
    if (this.#layout === 'zip') return [json];
    const skeleton = skeletons.workflowSkeleton(this.#language);
    const record = this.xml(recordPath(path), skeleton, (root, model) => {
      if (this.#before(recordPath(path)) === undefined)
        root.setAttribute('xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance');
      writePlaces(root, flowPlaces, flow, model);
    });
    return [json, record];
  }

  variable(variable: Variable): GeneratedFile[] {
    const { schemaName, value } = variable;
    const skeleton = skeletons.variableSkeleton(this.#language);
    const definition = this.xml(
      variablePath(schemaName),
      skeleton,
      (root, model) => writePlaces(root, variablePlaces, variable, model),
      { isDeclared: false },
    );
    if (value === undefined) return [definition];
    const before = this.#json(valuePath(schemaName));
    const record = member(before, 'environmentvariablevalues', 'environmentvariablevalue') ?? { iscustomizable: '1' };
    const contents = toJson({
      environmentvariablevalues: { environmentvariablevalue: { ...(record as object), value } },
    });
    return [definition, { path: valuePath(schemaName), contents }];
  }

  /** An XML file: what was there, or a skeleton, after `change`. */
  xml(
    path: string,
    skeleton: string,
    change: (root: Element, model: Element) => void,
    { isDeclared = true } = {},
  ): GeneratedFile {
    const before = this.#before(path);
    if (before !== undefined) {
      const outline = isCustomizations(path) ? outlineOf(before, modelledParts) : undefined;
      const root = parseXml(outline?.text ?? before);
      change(root, parseXml(skeleton));
      const contents = serializeXml(root);
      return { path, contents: outline?.restore(contents) ?? contents };
    }
    const root = parseXml(skeleton);
    // A skeleton lacks nothing that another one could give it.
    change(root, root);
    indent(root);
    // As real ones have it: a byte order mark where there is a declaration.
    const start = isDeclared ? '\ufeff<?xml version="1.0" encoding="utf-8"?>\n' : '';
    return { path, contents: `${start}${serializeXml(root)}\n` };
  }

  #json(path: string): Record<string, unknown> | undefined {
    const parsed = parseJson(this.#before(path) ?? '');
    return 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
  }
}

/** A list in a file: its entries stand in elements of one name, which a key tells apart; in a broken file it may be lacking. */
interface List<Model extends object> {
  readonly name: string;
  readonly places: Places<Model>;
  readonly key: (entry: Model) => string;
  readonly skeleton: string;
}

const rootComponents: List<RootComponent> = {
  name: 'RootComponent',
  places: rootComponentPlaces,
  key: ({ type, id, schemaName }) => `${type} ${id} ${schemaName}`.toLowerCase(),
  skeleton: skeletons.rootComponentSkeleton,
};

const workflowList = (language: number): List<FlowRecord> => ({
  name: 'Workflow',
  places: flowPlaces,
  key: ({ id }) => `${id}`.toLowerCase(),
  skeleton: skeletons.workflowSkeleton(language),
});

const connectionReferenceList: List<ConnectionReference> = {
  name: 'connectionreference',
  places: connectionReferencePlaces,
  key: ({ logicalName }) => `${logicalName}`.toLowerCase(),
  skeleton: skeletons.connectionReferenceSkeleton,
};

/** Each entry into the element that has its key, or into a new one at the end. */
function writeList<Model extends object>(
  parent: Element,
  { name, places, key, skeleton }: List<Model>,
  entries: readonly Model[],
) {
  const known = new Map<string, Element>();
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (child.nodeName === name) known.set(key(readPlaces(child as Element, places)), child as Element);
  }
  const model = parseXml(skeleton);
  for (const entry of entries) {
    writePlaces(known.get(key(entry)) ?? appendCopy(parent, model), places, entry, model);
  }
}
