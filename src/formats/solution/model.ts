import type { Places } from './places.ts';

/**
 * What certflow knows of a solution. Values are as they stand in its files, so that a solution of somebody else comes out as it
 * went in. Meanings: docs/facts/solution.md.
 */
export interface Solution {
  readonly manifest: Manifest;
  readonly components: readonly RootComponent[];
  readonly flows: readonly Flow[];
  readonly connectionReferences: readonly ConnectionReference[];
  readonly variables: readonly Variable[];
}

export interface Manifest {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly description?: string;
  readonly version: string;
  /** `0` unmanaged, `1` managed, `2` either: sources from which both are packed. */
  readonly managed: string;
  readonly publisher: string;
  readonly publisherDisplayName: string;
  readonly prefix: string;
  readonly optionValuePrefix: string;
}

/** Places in solution.xml. */
export const manifestPlaces: Places<Manifest> = {
  uniqueName: 'SolutionManifest/UniqueName',
  displayName: 'SolutionManifest/LocalizedNames/LocalizedName/@description',
  description: 'SolutionManifest/Descriptions/Description?/@description',
  version: 'SolutionManifest/Version',
  managed: 'SolutionManifest/Managed',
  publisher: 'SolutionManifest/Publisher/UniqueName',
  publisherDisplayName: 'SolutionManifest/Publisher/LocalizedNames/LocalizedName/@description',
  prefix: 'SolutionManifest/Publisher/CustomizationPrefix',
  optionValuePrefix: 'SolutionManifest/Publisher/CustomizationOptionValuePrefix',
};

/** `type` 29 is a workflow, with an id in braces; 380 an environment variable, with a schema name. */
export interface RootComponent {
  readonly type: string;
  readonly id?: string;
  readonly schemaName?: string;
}

export const rootComponentPlaces: Places<RootComponent> = { type: '@type', id: '@id?', schemaName: '@schemaName?' };

/** What a solution says of a flow around its JSON. */
export interface FlowRecord {
  /** In braces, in lower case. */
  readonly id: string;
  readonly name: string;
  readonly localizedName: string;
  readonly description?: string;
  readonly localizedDescription?: string;
  /** `/Workflows/<name>-<ID>.json` */
  readonly file: string;
  /** `1` with status `2` for a flow that is on, `0` with status `1` for a draft. */
  readonly state: string;
  readonly status: string;
  readonly introducedVersion: string;
}

export const flowPlaces: Places<FlowRecord> = {
  id: '@WorkflowId',
  name: '@Name',
  localizedName: 'LocalizedNames/LocalizedName/@description',
  description: '@Description?',
  localizedDescription: 'Descriptions?/Description/@description',
  file: 'JsonFileName',
  state: 'StateCode',
  status: 'StatusCode',
  introducedVersion: 'IntroducedVersion',
};

export interface Flow extends FlowRecord {
  readonly connectionReferences: Readonly<Record<string, unknown>>;
  readonly definition: Readonly<Record<string, unknown>>;
}

export interface ConnectionReference {
  readonly logicalName: string;
  readonly displayName: string;
  readonly connectorId: string;
}

export const connectionReferencePlaces: Places<ConnectionReference> = {
  logicalName: '@connectionreferencelogicalname',
  displayName: 'connectionreferencedisplayname',
  connectorId: 'connectorid',
};

/** An environment variable, without its value. */
export interface VariableRecord {
  readonly schemaName: string;
  readonly displayName: string;
  readonly displayLabel: string;
  readonly description?: string;
  readonly descriptionLabel?: string;
  readonly defaultValue?: string;
  readonly introducedVersion: string;
  /** `100000000` is text. */
  readonly type: string;
}

export const variablePlaces: Places<VariableRecord> = {
  schemaName: '@schemaname',
  displayName: 'displayname/@default',
  displayLabel: 'displayname/label/@description',
  description: 'description?/@default',
  descriptionLabel: 'description?/label/@description',
  defaultValue: 'defaultvalue?',
  introducedVersion: 'introducedversion',
  type: 'type',
};

export interface Variable extends VariableRecord {
  /** Its present value, which travels only where that is wanted. */
  readonly value?: string;
}
