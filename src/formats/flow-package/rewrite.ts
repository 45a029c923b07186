import type { FileTree } from '../../document/file-tree.ts';
import { isObject } from '../../json/json.ts';
import { entryOf, member } from '../../json/member.ts';
import { DocumentFiles } from '../reading/document-files.ts';
import { keysBeside, type Modelled, partsOf } from '../writing/carried-over.ts';
import { lacking, type Rewritten, withTheRest } from '../writing/rewritten.ts';
import { assetsPath, type FlowPackage, flowPath, manifestPath } from './model.ts';
import { readModel } from './read-model.ts';
import { writeFiles } from './write-files.ts';

/** A package written anew from its model, after `change`; what the model does not tell of stays. Throws a UsageError where it has no manifest. */
export function rewrite(tree: FileTree, root: string, change: (model: FlowPackage) => FlowPackage = (model) => model): Rewritten {
  const reading = new DocumentFiles(tree);
  const read = readModel(reading, root);
  if (!read) throw lacking(tree, root, manifestPath);
  const before = (path: string) => {
    const value = reading.json(root + path)?.value;
    return isObject(value) ? value : undefined;
  };
  const written = writeFiles(change(read), { packageId: '', before });
  const modelled = new Set(written.map(({ path }) => path));
  return {
    files: withTheRest(tree, root, written),
    carriedOver: [
      ...partsOf(manifestPath, [
        ...keysBeside(before(manifestPath), { details: { displayName: 1, description: 1 }, resources: 1 }),
        ...Object.values(member(before(manifestPath), 'resources') ?? {}).flatMap(besideResource),
      ]),
      ...partsOf(assetsPath, keysBeside(before(assetsPath), { flowAssets: { assetPaths: 1 } })),
      ...read.flows.flatMap(({ resource }) => {
        const path = flowPath(resource, 'definition');
        return partsOf(path, keysBeside(before(path), flowKeys));
      }),
      ...tree.paths
        .filter((path) => path.startsWith(root))
        .map((path) => path.slice(root.length))
        .filter((path) => !modelled.has(path)),
    ],
  };
}

const flowKeys: Modelled = { name: 1, id: 1, properties: { displayName: 1, definition: 1, connectionReferences: 1 } };

const resourceKeys: Readonly<Record<string, Modelled>> = {
  'Microsoft.Flow/flows': { details: { displayName: 1 }, dependsOn: 1 },
  'Microsoft.PowerApps/apis': { id: 1, name: 1, details: { displayName: 1, iconUri: 1 } },
  'Microsoft.PowerApps/apis/connections': { details: { displayName: 1, iconUri: 1 }, dependsOn: 1 },
};

/** By type: one resource of a kind is like the others. */
function besideResource(resource: unknown): string[] {
  const found = member(resource, 'type');
  const type = typeof found === 'string' ? found : 'of no type';
  const keys = entryOf(resourceKeys, type);
  return keys ? keysBeside(resource, keys, `resources/[${type}]`) : [`resources/[${type}]`];
}
