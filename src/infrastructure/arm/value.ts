import type { Json } from '../../json/json.ts';
import type { Module, Resource } from '../model.ts';
import { apiVersions } from '../resource-types.ts';
import { type Computation, Computed, hasMembers, isList, surroundingsCalls, type Value } from '../value.ts';
import { escapeArm } from './escape.ts';

/** A value as it stands in a template: JSON, with an expression in brackets for what is computed. */
export function armValue(value: Value): Json {
  if (value instanceof Computed) return value.is.kind === 'document' ? escapeArm(value.is.json) : `[${armExpression(value)}]`;
  if (isList(value)) return value.map(armValue);
  if (!hasMembers(value)) return escapeArm(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [escapeArm(name) as string, armValue(member)]));
}

/** A value inside an expression, without brackets. */
export function armExpression(value: Value): string {
  if (value instanceof Computed) return computed(value.is);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean' || value === null) return `${value}()`;
  if (isList(value)) return call('createArray', value);
  return call('createObject', Object.entries(value).flat());
}

/** The id of what is deployed, for those that wait for it. */
export function deployedId(one: Resource | Module): string {
  if (one.kind === 'resource') return resourceId(one);
  const names = ["'Microsoft.Resources/deployments'", armExpression(one.name)];
  if (!one.group) return `resourceId(${names.join(', ')})`;
  const group = concatenated(['/subscriptions/', one.group.subscription, '/resourceGroups/', one.group.resourceGroup]);
  return `extensionResourceId(${group}, ${names.join(', ')})`;
}

/** The name of a resource with those of its parents, as a template takes it. */
export function fullName(resource: Resource): string {
  const parts = nameParts(resource);
  return parts.length === 1 ? `${armValue(parts[0] as Value)}` : `[${concatenated(parts.flatMap(withSlash))}]`;
}

function withSlash(part: Value, index: number): Value[] {
  return index === 0 ? [part] : ['/', part];
}

function nameParts({ parent, name }: Resource): Value[] {
  return [...(parent ? nameParts(parent) : []), ...(name === undefined ? [] : [name])];
}

function resourceId(resource: Resource): string {
  if (resource.id !== undefined) return armExpression(resource.id);
  return call('resourceId', [resource.type, ...nameParts(resource)]);
}

function computed(is: Computation): string {
  switch (is.kind) {
    case 'parameter':
      return `parameters(${text(is.name)})`;
    case 'id':
      return resourceId(is.of);
    case 'property':
      return property(is.of, is.path);
    case 'accessKey':
      return `listKeys(${resourceId(is.of)}, ${text(apiVersions[is.of.type])}).keys[0].value`;
    case 'listed':
      return `list(${resourceId(is.of)}, ${text(apiVersions[is.of.type])}).properties`;
    case 'concatenation': {
      const whole = concatenated(is.parts);
      return is.longest === undefined ? whole : `take(${whole}, ${is.longest})`;
    }
    case 'union':
    case 'guid':
      return call(is.kind, is.of);
    case 'lowerCase':
      return call('toLower', [is.of]);
    case 'inSubscription':
      return call('subscriptionResourceId', [is.type, ...is.names]);
    case 'surroundings':
      return surroundingsCalls[is.what];
    case 'document':
      return `json(${text(JSON.stringify(is.json))})`;
  }
}

/** What a resource has beside its properties shows in full only. */
function property(of: Resource, path: readonly string[]): string {
  const version = text(apiVersions[of.type]);
  const [first, ...rest] = path;
  return first === 'properties'
    ? [`reference(${resourceId(of)}, ${version})`, ...rest].join('.')
    : [`reference(${resourceId(of)}, ${version}, 'full')`, ...path].join('.');
}

/** `format` with the literal texts in its pattern, in which braces are doubled. */
function concatenated(parts: readonly Value[]): string {
  const values = parts.filter((part) => typeof part !== 'string');
  let index = 0;
  const pattern = parts.map((part) => (typeof part === 'string' ? part.replaceAll(/[{}]/g, '$&$&') : `{${index++}}`)).join('');
  return call('format', [pattern, ...values]);
}

function call(name: string, values: readonly Value[]): string {
  return `${name}(${values.map(armExpression).join(', ')})`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
