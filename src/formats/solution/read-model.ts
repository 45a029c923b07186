import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { recognise } from '../flow/recognise.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { known } from '../reading/reader.ts';
import { workflows } from './components.ts';
import { customizationFiles, firstXml, readXml } from './customizations.ts';
import { variableFiles } from './environment-variables.ts';
import { type Layout, valuePath } from './layout.ts';
import { manifestFiles } from './manifest.ts';
import {
  connectionReferencePlaces,
  type Flow,
  flowPlaces,
  manifestPlaces,
  rootComponentPlaces,
  type Solution,
  type Variable,
  variablePlaces,
} from './model.ts';
import { readPlaces } from './places.ts';
import { childNamed, childrenIn } from './xml.ts';

/** The model of a solution that is read, and how its files lie. Undefined where it has no manifest. */
export function readModel(reading: DocumentFiles, root: string): { solution: Solution; layout: Layout } | undefined {
  const manifest = firstXml(reading, root, manifestFiles);
  if (!manifest) return undefined;
  const customizations = firstXml(reading, root, customizationFiles)?.element;
  const components = childNamed(manifest.element, 'SolutionManifest');
  return {
    layout: manifest.path === `${root}solution.xml` ? 'zip' : 'sources',
    solution: {
      manifest: readPlaces(manifest.element, manifestPlaces),
      components: components
        ? childrenIn(components, 'RootComponents', 'RootComponent').map((element) => readPlaces(element, rootComponentPlaces))
        : [],
      flows: workflows(reading, root).flatMap(({ element }) => {
        const record = readPlaces(element, flowPlaces);
        const value = record.file === undefined ? undefined : reading.json(root + record.file.replace(/^\//, ''))?.value;
        // Classic workflows and desktop flows are of other kinds.
        return recognise(value) ? [{ ...record, ...contentsOf(value) }] : [];
      }),
      connectionReferences: customizations
        ? childrenIn(customizations, 'connectionreferences', 'connectionreference').map((element) =>
            readPlaces(element, connectionReferencePlaces),
          )
        : [],
      variables: readVariables(reading, root),
    },
  };
}

function contentsOf(flow: unknown): Pick<Flow, 'connectionReferences' | 'definition'> {
  const group = (name: string) => {
    const value = member(flow, 'properties', name);
    return isObject(value) ? value : {};
  };
  return { connectionReferences: group('connectionReferences'), definition: group('definition') };
}

function readVariables(reading: DocumentFiles, root: string): Variable[] {
  return variableFiles(reading.tree.paths, root).flatMap((path) => {
    const element = readXml(reading, path);
    if (!element) return [];
    const record = readPlaces(element, variablePlaces);
    if (!record.schemaName) return [];
    const values = reading.json(root + valuePath(record.schemaName))?.value;
    const value = member(values, 'environmentvariablevalues', 'environmentvariablevalue', 'value');
    return [known<Variable>({ ...record, value: typeof value === 'string' ? value : undefined })];
  });
}
