import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { known } from '../reading/reader.ts';
import { type ApiResource, type FlowPackage, flowPath, manifestPath, type PackageFlow } from './model.ts';

type JsonGroup = Readonly<Record<string, unknown>>;

/** The model of a package that is read. Undefined where it has no manifest. */
export function readModel(reading: DocumentFiles, root: string): FlowPackage | undefined {
  const manifest = reading.json(root + manifestPath)?.value;
  if (!isObject(manifest)) return undefined;
  const resources = Object.entries(group(manifest, 'resources'));
  const ofType = (type: string) => resources.filter(([, resource]) => member(resource, 'type') === type);
  const shown = (resource: unknown) => ({
    displayName: text(resource, 'details', 'displayName'),
    iconUri: text(resource, 'details', 'iconUri'),
  });
  return {
    displayName: text(manifest, 'details', 'displayName'),
    description: text(manifest, 'details', 'description'),
    flows: ofType('Microsoft.Flow/flows').flatMap(([resource]) => readFlow(reading, root, resource)),
    apis: ofType('Microsoft.PowerApps/apis').map(([resource, api]) =>
      known<ApiResource>({ resource, id: text(api, 'id') || undefined, name: text(api, 'name') || undefined, ...shown(api) }),
    ),
    connections: ofType('Microsoft.PowerApps/apis/connections').map(([resource, connection]) => {
      const [api] = [member(connection, 'dependsOn')].flat();
      return { resource, ...shown(connection), api: text({ api }, 'api') };
    }),
  };
}

function readFlow(reading: DocumentFiles, root: string, resource: string): PackageFlow[] {
  const contents = (file: 'definition' | 'apisMap' | 'connectionsMap') => reading.json(root + flowPath(resource, file))?.value;
  const flow = contents('definition');
  if (flow === undefined) return [];
  return [
    {
      resource,
      name: text(flow, 'name'),
      displayName: text(flow, 'properties', 'displayName'),
      definition: group(flow, 'properties', 'definition'),
      connectionReferences: group(flow, 'properties', 'connectionReferences'),
      apisMap: texts(contents('apisMap')),
      connectionsMap: texts(contents('connectionsMap')),
    },
  ];
}

function group(value: unknown, ...path: string[]): JsonGroup {
  const found = member(value, ...path);
  return isObject(found) ? found : {};
}

function text(value: unknown, ...path: string[]): string {
  const found = member(value, ...path);
  return typeof found === 'string' ? found : '';
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.keys(isObject(value) ? value : {});
  return Object.fromEntries(entries.map((key) => [key, text(value, key)]));
}
