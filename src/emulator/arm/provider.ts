import { isObject } from '../../json/json.ts';
import type { Caller } from '../entra/caller.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import type { ResourceId } from './ids.ts';

/** What is asked to be written. */
export interface WriteRequest {
  readonly id: ResourceId;
  readonly body: Readonly<Record<string, unknown>>;
  readonly before: ArmResource | undefined;
  readonly caller: Caller;
}

/** What a resource provider knows of one type. */
export interface Provider {
  /** As Azure writes it. */
  readonly type: string;
  /** What will be kept. Throws a ServiceError for what the provider refuses. */
  readonly write: (world: World, request: WriteRequest) => ArmResource;
  /** What is shown, where that is more than what was written. */
  readonly view?: (world: World, resource: ArmResource) => unknown;
  /** What goes with it. Throws a ServiceError where it may not go. */
  readonly remove?: (world: World, resource: ArmResource) => void;
  /** What POST on its id and a word gives, as templates ask too: `listKeys`. */
  readonly lists?: Readonly<Record<string, (resource: ArmResource) => unknown>>;
  /** Whether it stands on another resource rather than in a group. */
  readonly isExtension?: boolean;
}

/** The parts that every resource has, from what was written. */
export function common({ id, body, before }: WriteRequest, type: string): ArmResource {
  const { location, tags, kind, sku, properties } = body;
  return {
    id: before?.id ?? id.id,
    name: before?.name ?? id.shortName,
    type,
    ...(typeof location === 'string' ? { location: location.replaceAll(' ', '').toLowerCase() } : {}),
    ...(isObject(tags) ? { tags: tags as Record<string, string> } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(sku === undefined ? {} : { sku }),
    properties: isObject(properties) ? properties : {},
  };
}
