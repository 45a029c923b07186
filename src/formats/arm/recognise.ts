import { isObject } from '../../json/json.ts';

/** Whether a file is an ARM template: it names the schema of one, or has a list of resources with API versions. */
export function recognise(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (typeof value.$schema === 'string' && /deploymentTemplate\.json#?$/i.test(value.$schema)) return true;
  return listResources(value).some(
    ({ resource }) => typeof resource.type === 'string' && typeof resource.apiVersion === 'string',
  );
}

export interface ResourceEntry {
  readonly resource: Readonly<Record<string, unknown>>;
  /** Index, or symbolic name where the template's language version is 2.0. */
  readonly key: string;
}

/** The resources of a template or of a resource that has children. */
export function listResources(parent: Readonly<Record<string, unknown>>): ResourceEntry[] {
  if (typeof parent.resources !== 'object' || parent.resources === null) return [];
  return Object.entries(parent.resources).flatMap(([key, resource]) => (isObject(resource) ? [{ key, resource }] : []));
}
