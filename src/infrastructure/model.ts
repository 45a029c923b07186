import type { Json } from '../json/json.ts';
import type { ResourceType } from './resource-types.ts';
import type { Value } from './value.ts';

/** What a target deploys, in no language: printers make ARM and Bicep of it, and `deploy` takes it as it is. */
export interface Infrastructure {
  /** In the order in which they are declared. */
  readonly parameters: readonly Parameter[];
  /** What is there already and is referred to. */
  readonly existing: readonly Resource[];
  /** What is deployed, in the order in which it is printed. */
  readonly deployed: readonly (Resource | Module)[];
  /** Texts, by name. */
  readonly outputs: Readonly<Record<string, Value>>;
}

/** A value that differs by environment. */
export interface Parameter {
  readonly name: string;
  readonly type: 'string' | 'object';
  readonly description: string;
  readonly default?: Json;
  readonly allowed?: readonly string[];
  /** Its value in this environment; absent where the default will do. */
  readonly value?: Json;
}

/** One resource. What its values refer to is deployed before it. */
export interface Resource {
  readonly kind: 'resource';
  /** What it is called within the infrastructure. */
  readonly symbol: string;
  readonly type: ResourceType;
  /** The last part of its name, where it has a parent. */
  readonly name?: Value;
  /** Its full id, where it is there already and known by it. */
  readonly id?: Value;
  readonly parent?: Resource;
  /** The resource that it says something about. */
  readonly scope?: Resource;
  /** Its members as Resource Manager has them, in the order in which they are printed; `properties` come last. */
  readonly members?: Readonly<Partial<Record<'location' | 'kind' | 'tags' | 'sku' | 'properties', Value>>>;
  readonly identity?: Identity;
  /** For whoever reads it. */
  readonly comment?: string;
}

/** The managed identity of a resource: its own one, or one that is there already. */
export type Identity = { readonly kind: 'systemAssigned' } | { readonly kind: 'userAssigned'; readonly resource: Resource };

/** A deployment of its own: in another group, or with values that are known only while the outer one runs. */
export interface Module {
  readonly kind: 'module';
  readonly symbol: string;
  /** Name of its file, without ending. */
  readonly file: string;
  /** What it does; a sentence. */
  readonly title: string;
  readonly name: Value;
  /** Where it is deployed to; absent for the group of the outer deployment. */
  readonly group?: { readonly subscription: Value; readonly resourceGroup: Value };
  readonly parameters: readonly ModuleParameter[];
  readonly existing: readonly Resource[];
  readonly deployed: readonly Resource[];
  /** What must be deployed before it though no value refers to it, and why. */
  readonly after?: { readonly first: Module; readonly because: string };
}

export interface ModuleParameter {
  readonly name: string;
  /** Secure values are kept out of the deployment's history. */
  readonly type: 'string' | 'secureObject';
  readonly description: string;
  readonly value: Value;
}
