import { isObject, objectOf } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { resolve } from '../../../template-language/resolve.ts';
import { unknown } from '../../../template-language/value.ts';
import type { ArmResource } from '../../state.ts';
import type { World } from '../../world.ts';
import { viewOf } from '../resources.ts';
import { bodyOf, deploymentType, type Planned, plan } from './plan.ts';
import { type DeploymentTask, namesOf, placeOf } from './run.ts';
import type { ReadResource } from './template.ts';

export interface Change {
  readonly resourceId: string;
  readonly changeType: 'Create' | 'Modify' | 'NoChange' | 'Ignore' | 'Unsupported';
  readonly before?: unknown;
  readonly after?: unknown;
  readonly delta?: readonly PropertyChange[];
  readonly unsupportedReason?: string;
}

export interface PropertyChange {
  readonly path: string;
  readonly propertyChangeType: 'Create' | 'Delete' | 'Modify' | 'Array';
  readonly before?: unknown;
  readonly after?: unknown;
  readonly children?: readonly PropertyChange[];
}

/** What-if asks no resource about itself: such an expression stays as it is written. Source: Microsoft's "ARM template what-if", unresolved expressions. */
const unasked: ReadResource = () => undefined;

/** What a deployment would change, by comparing what the template says with what is there. Throws a TemplateError or ServiceError. */
export function whatIf(world: World, task: Pick<DeploymentTask, 'place' | 'template' | 'parameters'>): Change[] {
  const changes: Change[] = [];
  collect(world, task, changes);
  const named = new Set(changes.map(({ resourceId }) => resourceId.toLowerCase()));
  const within = `${task.place.group.id.toLowerCase()}/`;
  for (const [id, resource] of world.state.resources) {
    if (!id.startsWith(within) || named.has(id) || resource.type === 'Microsoft.Authorization/roleAssignments') continue;
    const before = comparable(world, resource);
    changes.push({ resourceId: resource.id, changeType: 'Ignore', before, after: before });
  }
  return changes;
}

function collect(world: World, task: Pick<DeploymentTask, 'place' | 'template' | 'parameters'>, changes: Change[]) {
  const names = namesOf(world, task, unasked);
  const planned = plan(task.template, names, ({ expression, key }) =>
    changes.push({
      resourceId: expression,
      changeType: 'Unsupported',
      unsupportedReason: `Changes to the resource declared at 'properties.template.resources[${key}]' cannot be analyzed because its resource ID or API version cannot be calculated until the deployment is under way. Please see https://aka.ms/whatifunsupported for more information.`,
    }),
  );
  for (const one of planned) {
    if (one.type.toLowerCase() === deploymentType.toLowerCase()) collectNested(world, one, changes);
    else changes.push(changeOf(world, one));
  }
}

function collectNested(world: World, planned: Planned, changes: Change[]) {
  const { properties } = planned.raw;
  // A value that is not known yet makes unknown what is made of it.
  const parameters = objectOf(resolve(member(properties, 'parameters') ?? {}, planned.names, () => unknown));
  collect(world, { place: placeOf(world, planned), template: objectOf(member(properties, 'template')), parameters }, changes);
}

function changeOf(world: World, planned: Planned): Change {
  const { id, type, name, apiVersion } = planned;
  const existing = world.state.resources.get(id.toLowerCase());
  const body = bodyOf(planned, (text) => text);
  const head = { apiVersion, id: existing?.id ?? id, name: existing?.name ?? name.split('/').at(-1), type };
  if (existing === undefined) return { resourceId: id, changeType: 'Create', after: { ...head, ...body } };
  const before = { apiVersion, ...comparable(world, existing) };
  // What the template does not name stays: the service fills it in.
  const after = { ...head, ...overlaid(before, body) };
  const delta = differences(before, after, '');
  return { resourceId: existing.id, changeType: delta.length > 0 ? 'Modify' : 'NoChange', before, after, delta };
}

function comparable(world: World, resource: ArmResource): Record<string, unknown> {
  return { ...(viewOf(world, resource) as Record<string, unknown>) };
}

/** In these the template replaces the whole, so that a member that it leaves out is a member less. */
const whole = new Set(['tags', 'definition', 'parameters', 'actions', 'triggers']);

function overlaid(before: Readonly<Record<string, unknown>>, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(body)) {
    const old = members.get(name);
    members.set(
      name,
      isObject(value) && isObject(old) && !whole.has(name) ? overlaid(old, value) : sameLocation(name, old, value),
    );
  }
  return Object.fromEntries(members);
}

function sameLocation(name: string, old: unknown, value: unknown): unknown {
  const isSame = name === 'location' && String(old).toLowerCase() === String(value).replaceAll(' ', '').toLowerCase();
  return isSame ? old : value;
}

function differences(before: unknown, after: unknown, path: string): PropertyChange[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (before === undefined) return [{ path, propertyChangeType: 'Create', after }];
  if (after === undefined) return [{ path, propertyChangeType: 'Delete', before }];
  if (!Array.isArray(before) || !Array.isArray(after)) return [{ path, propertyChangeType: 'Modify', before, after }];
  const children = Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
    differences(before[index], after[index], String(index)),
  );
  return [{ path, propertyChangeType: 'Array', children: children.flat() }];
}
