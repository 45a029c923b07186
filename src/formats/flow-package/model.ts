/** What certflow knows of a legacy package. Meanings: docs/facts/flow-package.md. */
export interface FlowPackage {
  readonly displayName: string;
  readonly description: string;
  readonly flows: readonly PackageFlow[];
  readonly apis: readonly ApiResource[];
  readonly connections: readonly ConnectionResource[];
}

export interface PackageFlow {
  /** Key among the resources, and name of the flow's folder. */
  readonly resource: string;
  /** Another GUID: the flow's own. */
  readonly name: string;
  readonly displayName: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly connectionReferences: Readonly<Record<string, unknown>>;
  /** Keys of resources, by the key of the connection reference. */
  readonly apisMap: Readonly<Record<string, string>>;
  readonly connectionsMap: Readonly<Record<string, string>>;
}

/** A connector. A custom one has neither id nor name here. */
export interface ApiResource {
  readonly resource: string;
  readonly id?: string;
  readonly name?: string;
  readonly displayName: string;
  readonly iconUri: string;
}

/** A connection, which whoever imports chooses. */
export interface ConnectionResource {
  readonly resource: string;
  readonly displayName: string;
  readonly iconUri: string;
  /** Key of its connector's resource. */
  readonly api: string;
}

export const manifestPath = 'manifest.json';
export const assetsPath = 'Microsoft.Flow/flows/manifest.json';

export function flowPath(resource: string, file: 'definition' | 'apisMap' | 'connectionsMap'): string {
  return `Microsoft.Flow/flows/${resource}/${file}.json`;
}
