import { isObject } from '../../json/json.ts';
import type { GeneratedFile } from '../format.ts';
import {
  type ApiResource,
  assetsPath,
  type ConnectionResource,
  type FlowPackage,
  flowPath,
  manifestPath,
  type PackageFlow,
} from './model.ts';
import {
  apiResourceSkeleton,
  connectionResourceSkeleton,
  flowResourceSkeleton,
  flowSkeleton,
  manifestSkeleton,
} from './skeletons.ts';

type JsonGroup = Readonly<Record<string, unknown>>;

/** What there is of a package already: files by path, parsed; undefined where there is no such file. */
export type Before = (path: string) => JsonGroup | undefined;

interface Options {
  /** Of the package as such, where it is new. */
  readonly packageId: string;
  /** What is not of the model stays as it is here. Default: nothing, and all else is as exports have it. */
  readonly before?: Before;
}

/** The files of a package, on one line each like the real ones: docs/facts/flow-package.md#files. */
export function writeFiles(model: FlowPackage, { packageId, before = () => undefined }: Options): GeneratedFile[] {
  const file = (path: string, skeleton: JsonGroup, change: (value: JsonGroup) => JsonGroup): GeneratedFile => ({
    path,
    contents: JSON.stringify(change(before(path) ?? skeleton)),
  });
  return [
    file(manifestPath, manifestSkeleton(packageId), (manifest) => ({
      ...manifest,
      details: { ...group(manifest.details), displayName: model.displayName, description: model.description },
      resources: resources(model, group(manifest.resources)),
    })),
    file(assetsPath, { packageSchemaVersion: '1.0' }, (assets) => ({
      ...assets,
      flowAssets: { ...group(assets.flowAssets), assetPaths: model.flows.map(({ resource }) => resource) },
    })),
    ...model.flows.flatMap((flow) => [
      file(flowPath(flow.resource, 'definition'), flowSkeleton, (before) => flowFile(flow, before)),
      file(flowPath(flow.resource, 'apisMap'), {}, () => flow.apisMap),
      file(flowPath(flow.resource, 'connectionsMap'), {}, () => flow.connectionsMap),
    ]),
  ];
}

function flowFile({ name, displayName, definition, connectionReferences }: PackageFlow, before: JsonGroup): JsonGroup {
  return {
    ...before,
    name,
    id: `/providers/Microsoft.Flow/flows/${name}`,
    properties: { ...group(before.properties), displayName, definition, connectionReferences },
  };
}

function resources({ flows, apis, connections }: FlowPackage, before: JsonGroup): JsonGroup {
  const base = (resource: string, skeleton: JsonGroup) => (before[resource] === undefined ? skeleton : group(before[resource]));
  return {
    ...before,
    ...Object.fromEntries(flows.map((flow) => [flow.resource, flowResource(flow, base(flow.resource, flowResourceSkeleton))])),
    ...Object.fromEntries(apis.map((api) => [api.resource, apiResource(api, base(api.resource, apiResourceSkeleton))])),
    ...Object.fromEntries(
      connections.map((connection) => [
        connection.resource,
        connectionResource(connection, base(connection.resource, connectionResourceSkeleton)),
      ]),
    ),
  };
}

function flowResource({ displayName, apisMap, connectionsMap }: PackageFlow, before: JsonGroup): JsonGroup {
  const needed = Object.keys(apisMap).flatMap((key) => [apisMap[key], connectionsMap[key]]);
  return {
    ...before,
    details: { ...group(before.details), displayName },
    dependsOn: [...new Set(needed.filter((resource) => resource !== undefined))],
  };
}

function apiResource({ id, name, displayName, iconUri }: ApiResource, before: JsonGroup): JsonGroup {
  const named = { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) };
  return { ...before, ...named, details: { ...group(before.details), displayName, iconUri } };
}

function connectionResource({ displayName, iconUri, api }: ConnectionResource, before: JsonGroup): JsonGroup {
  return { ...before, details: { ...group(before.details), displayName, iconUri }, dependsOn: [api] };
}

function group(value: unknown): JsonGroup {
  return isObject(value) ? value : {};
}
