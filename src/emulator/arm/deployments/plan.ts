import { isObject, objectOf } from '../../../json/json.ts';
import { resolve, TemplateError } from '../../../template-language/resolve.ts';
import { resourceId } from '../ids.ts';
import { roundsOf, type Template, type TemplateNames } from './template.ts';

/** One resource of a template. Its place is known; its contents are worked out when its turn comes. */
export interface Planned {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly names: TemplateNames;
  /** Index, or symbolic name where the template's language version is 2.0. */
  readonly key: string;
  readonly loop?: string;
}

export const deploymentType = 'Microsoft.Resources/deployments';

/** What cannot be said of a resource before the deployment is under way. */
export interface Unplannable {
  readonly type: string;
  readonly apiVersion: string;
  readonly expression: string;
  readonly key: string;
}

/**
 * The resources of a template that are to be deployed: loops unrolled, those whose condition is false and existing ones left out.
 * Throws a TemplateError where a name cannot be worked out, unless `unplannable` takes it.
 */
export function plan(template: Template, names: TemplateNames, unplannable?: (found: Unplannable) => void): Planned[] {
  const planned: Planned[] = [];
  for (const [key, raw] of Object.entries(groupOrList(template.resources))) {
    if (!isObject(raw))
      throw new TemplateError(`Deployment template validation failed: 'The resource at index ${key} is no object.'`);
    if (raw.existing === true) continue;
    for (const { names: own, loop } of rounds(raw, names)) {
      if (raw.condition !== undefined && resolve(raw.condition, own) !== true) continue;
      const one = place(key, raw, own, loop, unplannable);
      if (one) planned.push(one);
    }
  }
  return planned;
}

function groupOrList(resources: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(resources)) return { ...resources };
  return objectOf(resources);
}

function rounds(raw: Readonly<Record<string, unknown>>, names: TemplateNames): { names: TemplateNames; loop?: string }[] {
  if (!isObject(raw.copy)) return [{ names }];
  const loop = String(raw.copy.name);
  const count = roundsOf(raw.copy, names);
  return Array.from({ length: count }, (_, index) => ({ names: names.inCopy(loop, index), loop }));
}

function place(
  key: string,
  raw: Readonly<Record<string, unknown>>,
  names: TemplateNames,
  loop: string | undefined,
  unplannable: ((found: Unplannable) => void) | undefined,
): Planned | undefined {
  const type = String(raw.type);
  const apiVersion = String(raw.apiVersion);
  const { subscription, group } = names.place;
  const unsaid = (text: string) => {
    throw new Unsaid(text);
  };
  try {
    const name = String(resolve(raw.name, names, unplannable && unsaid));
    const inSubscription = raw.subscriptionId === undefined ? subscription : String(resolve(raw.subscriptionId, names));
    const inGroup = raw.resourceGroup === undefined ? group.name : String(resolve(raw.resourceGroup, names));
    const home = `/subscriptions/${inSubscription}/resourceGroups/${inGroup}`;
    const isNested = type.toLowerCase() === deploymentType.toLowerCase();
    const scope = raw.scope === undefined || isNested ? home : absolute(home, String(resolve(raw.scope, names)));
    const parts = name.split('/');
    if (type.split('/').length - 1 !== parts.length)
      throw new TemplateError(
        `Deployment template validation failed: 'The template resource '${name}' for type '${type}' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name.'`,
      );
    return { key, type, apiVersion, name, raw, names, id: resourceId(scope, type, parts), ...(loop !== undefined && { loop }) };
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error;
    unplannable?.({ key, type, apiVersion, expression: error.message });
    return undefined;
  }
}

class Unsaid extends Error {}

/** A scope may be written relative to the group: `Microsoft.KeyVault/vaults/kv`. */
function absolute(home: string, scope: string): string {
  return scope.startsWith('/') ? scope : `${home}/providers/${scope}`;
}

/** Whether a resource waits for another, by what its `dependsOn` says. */
export function dependsOn({ raw, names }: Planned, other: Planned): boolean {
  const written = Array.isArray(raw.dependsOn) ? raw.dependsOn : [];
  return written.some((one) => {
    const said = String(resolve(one, names)).toLowerCase();
    return [other.id, other.name, other.key, other.loop, `${other.type}/${other.name}`].some(
      (name) => name?.toLowerCase() === said,
    );
  });
}

/** What is sent to the resource's provider. */
export function bodyOf({ raw, names }: Planned, onUnknown?: (text: string) => unknown): Record<string, unknown> {
  const { type, apiVersion, name, dependsOn, condition, copy, scope, comments, ...contents } = raw;
  return resolve(contents, names, onUnknown) as Record<string, unknown>;
}
