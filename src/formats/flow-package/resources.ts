import { cutValue } from '../../diagnostics/show.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { pointerStep, toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { packageResources } from '../reading/package-rules.ts';

/**
 * What of a package goes together. Source: docs/facts/flow-package.md#what-goes-together, seven invariants that every
 * well-formed real package has.
 */
export function checkResources(reading: DocumentFiles, root: string) {
  const manifestPath = `${root}manifest.json`;
  const resources = group(contentsOf(reading, manifestPath), 'resources');
  for (const [id, resource] of Object.entries(resources)) {
    for (const needed of list(member(resource, 'dependsOn'))) {
      if (Object.hasOwn(resources, needed)) continue;
      const at = `/resources${pointerStep(id)}/dependsOn`;
      reading.report(packageResources, {
        path: manifestPath,
        at,
        message: `resource ${cutValue(id)} depends on ${cutValue(needed)}, which is no resource of the package`,
      });
    }
  }
  const flows = Object.entries(resources).filter(([, resource]) => member(resource, 'type') === 'Microsoft.Flow/flows');
  checkFolders(
    reading,
    root,
    flows.map(([id]) => id),
  );
  for (const [id, resource] of flows) {
    const folder = `${root}Microsoft.Flow/flows/${id}/`;
    if (reading.tree.has(`${folder}definition.json`)) checkFlow(reading, folder, id, { resource, resources, manifestPath });
  }
}

/** The folders of flows, their list, and the resources: one hand-made real package breaks it, so it is a warning. */
function checkFolders(reading: DocumentFiles, root: string, flows: readonly string[]) {
  const path = `${root}Microsoft.Flow/flows/manifest.json`;
  const start = `${root}Microsoft.Flow/flows/`;
  const folders = reading.tree.paths.flatMap((file) =>
    file.startsWith(start) ? (/^([^/]+)\/definition\.json$/.exec(file.slice(start.length))?.[1] ?? []) : [],
  );
  const listed = list(member(contentsOf(reading, path), 'flowAssets', 'assetPaths'));
  for (const id of new Set([...folders, ...listed, ...flows])) {
    const lacks = [
      ...(folders.includes(id) ? [] : ['a folder with definition.json']),
      ...(listed.includes(id) ? [] : ['an entry in flowAssets.assetPaths']),
      ...(flows.includes(id) ? [] : ['a resource in manifest.json']),
    ];
    if (lacks.length > 0)
      reading.report(packageResources, {
        path,
        at: '/flowAssets/assetPaths',
        severity: 'warning',
        message: `flow ${cutValue(id)} lacks ${lacks.join(' and ')}`,
        help: 'folder, assetPaths and resource go by the same id',
      });
  }
}

interface FlowContext {
  readonly resource: unknown;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly manifestPath: string;
}

function checkFlow(reading: DocumentFiles, folder: string, id: string, { resource, resources, manifestPath }: FlowContext) {
  const definitionPath = `${folder}definition.json`;
  const flow = contentsOf(reading, definitionPath);
  const references = Object.keys(group(flow, 'properties', 'connectionReferences')).sort();
  const maps = [`${folder}apisMap.json`, `${folder}connectionsMap.json`].map((path) => ({
    path,
    map: group(contentsOf(reading, path)),
    isThere: reading.tree.has(path),
  }));
  for (const { path, map, isThere } of maps) {
    const keys = Object.keys(map).sort();
    if (!isThere)
      reading.report(packageResources, {
        path: definitionPath,
        message: `${cutValue(path.slice(folder.length))} is missing beside definition.json`,
        help: 'it must be there even where it is empty: {}',
      });
    else if (!same(keys, references))
      reading.report(packageResources, {
        path,
        message: `it names ${named(keys)}, and the flow's connectionReferences ${named(references)}`,
        help: 'both maps and connectionReferences have the same keys',
      });
  }
  const [apis, connections] = maps.map(({ map }) => map);
  for (const [key, connection] of Object.entries(connections ?? {})) {
    const needed = list(member(resources[asText(connection)], 'dependsOn'));
    if (!same(needed, [asText(apis?.[key])])) {
      const at = toPointer(['resources', asText(connection), 'dependsOn']);
      reading.report(packageResources, {
        path: manifestPath,
        at,
        message: `the connection of "${cutValue(key)}" depends on ${named(needed)}, and apisMap.json names ${cutValue(asText(apis?.[key]))} for it`,
      });
    }
  }
  const used = [...new Set(maps.flatMap(({ map }) => Object.values(map).map(asText)))].sort();
  const needed = list(member(resource, 'dependsOn')).toSorted();
  if (!same(used, needed))
    reading.report(packageResources, {
      path: manifestPath,
      at: `/resources${pointerStep(id)}/dependsOn`,
      message: 'the flow depends on other resources than its maps name',
      help: `dependsOn is ${named(used)}`,
    });
  checkNames(reading, definitionPath, flow, id, resource);
}

function checkNames(reading: DocumentFiles, path: string, flow: unknown, id: string, resource: unknown) {
  const name = member(flow, 'name');
  if (name === id)
    reading.report(packageResources, {
      path,
      at: '/name',
      severity: 'warning',
      message: 'the flow has the id of its folder; in every real package they differ',
    });
  if (typeof name === 'string' && member(flow, 'id') !== `/providers/Microsoft.Flow/flows/${name}`) {
    reading.report(packageResources, {
      path,
      at: '/id',
      message: `id does not go with the name "${cutValue(name)}"`,
      help: `write /providers/Microsoft.Flow/flows/${cutValue(name)}`,
    });
  }
  const shown = member(flow, 'properties', 'displayName');
  const declared = member(resource, 'details', 'displayName');
  if (shown !== declared)
    reading.report(packageResources, {
      path,
      at: '/properties/displayName',
      message: `the flow is called "${cutValue(asText(shown))}" here and "${cutValue(asText(declared))}" in manifest.json`,
    });
}

function contentsOf(reading: DocumentFiles, path: string): unknown {
  return reading.json(path)?.value;
}

function group(value: unknown, ...path: string[]): Readonly<Record<string, unknown>> {
  const found = member(value, ...path);
  return isObject(found) ? found : {};
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(asText) : [];
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, index) => entry === right[index]);
}

function named(keys: readonly string[]): string {
  return keys.length === 0 ? 'nothing' : keys.map(cutValue).join(', ');
}
