import { isDeepStrictEqual } from 'node:util';
import type { Infrastructure, Module, Resource } from '../../src/infrastructure/model.ts';
import { type Known, knownOf, resolve, resolvedId } from '../../src/infrastructure/resolve.ts';
import { Computed, hasMembers, isList, type Value } from '../../src/infrastructure/value.ts';
import type { Model } from './models.ts';
import type { Compiled } from './printers.ts';

/** What a model says and the compiled output of a printer does not: a line each. */
export function brokenPromises(model: Model, { resources, outputs }: Compiled): string[] {
  const known = knownOf(model);
  const left = [...resources];
  const broken: string[] = [];
  for (const promised of promisedResources(model)) {
    // Names that only the deployment knows are told by the rest of the resource.
    const faults = left.map((found) => faultsOf(promised, found, known));
    const index = faults.findIndex((list) => list.length === 0);
    if (index >= 0) left.splice(index, 1);
    else broken.push(`${promised.type}: ${nearest(faults).join('; ')}`);
  }
  broken.push(...left.map(({ type, name }) => `${type} ${name}: nothing in the model says so`));
  for (const [name, value] of Object.entries(model.outputs))
    broken.push(...differences(value, outputs[name], known, `output ${name}`));
  return broken;
}

function nearest(faults: readonly string[][]): readonly string[] {
  return faults.toSorted((a, b) => a.length - b.length)[0] ?? ['is not there'];
}

/** All resources, those of modules with the values that the module is given. */
function promisedResources({ deployed }: Infrastructure): Resource[] {
  return deployed.flatMap((one) => (one.kind === 'resource' ? [one] : one.deployed.map((resource) => given(resource, one))));
}

function given(resource: Resource, module: Module): Resource {
  const values = new Map(module.parameters.map(({ name, value }) => [name, value]));
  const inside = (value: Value): Value => {
    if (value instanceof Computed) {
      const { is } = value;
      if (is.kind === 'parameter') return values.get(is.name) ?? value;
      if (is.kind === 'union' || is.kind === 'guid') return new Computed({ ...is, of: is.of.map(inside) });
      return value;
    }
    if (isList(value)) return value.map(inside);
    if (hasMembers(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inside(member)]));
    return value;
  };
  const members = Object.entries(resource.members ?? {}).map(([name, value]) => [name, inside(value)]);
  return { ...resource, members: Object.fromEntries(members) };
}

function faultsOf(
  { type, name, parent, members = {}, identity }: Resource,
  found: Compiled['resources'][number],
  known: Known,
): string[] {
  if (found.type !== type) return [`is a ${found.type}`, 'is not there', 'at all'];
  const last = name === undefined ? undefined : resolve(name, known);
  const wanted = identity && {
    type: identity.kind === 'systemAssigned' ? 'SystemAssigned' : 'UserAssigned',
    ...(identity.kind === 'userAssigned' && { userAssignedIdentities: { [resolvedId(identity.resource, known)]: {} } }),
  };
  const shown = (found as { identity?: unknown }).identity;
  return [
    ...(last === undefined || found.name === last || (parent && found.name.endsWith(`/${last}`))
      ? []
      : [`is called ${found.name}`]),
    ...(isDeepStrictEqual(wanted, shown) ? [] : [`has the identity ${JSON.stringify(shown)}`]),
    ...Object.entries(members).flatMap(([member, value]) =>
      differences(value, (found as unknown as Record<string, unknown>)[member], known, member),
    ),
    ...Object.keys(found)
      .filter(
        (key) => !['id', 'type', 'name', 'apiVersion', 'identity', 'dependsOn', 'scope', ...Object.keys(members)].includes(key),
      )
      .map((key) => `has ${key}, of which the model says nothing`),
  ];
}

function differences(wanted: Value, found: unknown, known: Known, at: string): string[] {
  if (hasMembers(wanted)) {
    if (typeof found !== 'object' || found === null) return [`${at} is ${JSON.stringify(found)}`];
    const members = found as Record<string, unknown>;
    const more = Object.keys(members).filter((name) => !(name in wanted));
    return [
      ...Object.entries(wanted).flatMap(([name, value]) => differences(value, members[name], known, `${at}.${name}`)),
      ...more.map((name) => `${at}.${name} is not in the model`),
    ];
  }
  if (isList(wanted)) {
    const items = Array.isArray(found) ? found : [];
    return wanted.length === items.length
      ? wanted.flatMap((item, index) => differences(item, items[index], known, `${at}.${index}`))
      : [`${at} has ${items.length} items`];
  }
  const value = resolve(wanted, known);
  if (value !== undefined) return isDeepStrictEqual(value, found) ? [] : [`${at} is ${JSON.stringify(found)}`];
  const text = typeof found === 'string' ? found.replaceAll("''", "'") : '';
  const missing = fragments(wanted, known).filter((fragment) => !text.includes(fragment));
  return text === '' || missing.length > 0 ? [`${at} lacks ${missing.join(', ')}`] : [];
}

/** What must stand in an expression that only Azure can work out. */
function fragments(value: Value, known: Known): string[] {
  if (isList(value)) return value.flatMap((item) => fragments(item, known));
  if (hasMembers(value)) return Object.entries(value).flatMap(([name, member]) => [name, ...fragments(member, known)]);
  if (!(value instanceof Computed)) return [String(value)];
  const { is } = value;
  switch (is.kind) {
    case 'property':
      return [resolvedId(is.of, known), is.path.at(-1) ?? ''];
    case 'accessKey':
    case 'listed':
      return [resolvedId(is.of, known)];
    case 'union':
    case 'guid':
      return is.of.flatMap((one) => fragments(one, known));
    case 'concatenation':
      return is.parts.flatMap((one) => fragments(one, known));
    case 'surroundings':
      return [];
    case 'lowerCase':
      return fragments(is.of, known).map((text) => text.toLowerCase());
    default:
      return [String(resolve(value, known))];
  }
}
