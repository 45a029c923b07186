import { identityId } from '../identity.ts';
import type { Identity, Module, Resource } from '../model.ts';
import { apiVersions } from '../resource-types.ts';
import { bicepComment, bicepText } from './literal.ts';
import { silencedBefore, silencedMembers } from './type-gaps.ts';
import { bicepObject, bicepValue } from './value.ts';

/** A resource that is deployed. */
export function resourceBlock(resource: Resource): string {
  const { type, members: { properties, ...members } = {}, identity, comment } = resource;
  const silenced = silencedMembers(type);
  const lines = [
    ...placeOf(resource),
    ...Object.entries(members).flatMap(([name, value]) => [silenced[name], `${name}: ${bicepValue(value, '  ')}`]),
    identity && `identity: ${identityText(identity)}`,
    properties === undefined ? undefined : `properties: ${bicepValue(properties, '  ', silencedMembers(type, 'properties/'))}`,
  ];
  return [comment && bicepComment(comment), silencedBefore(type), `${headOf(resource)} = ${block(lines)}`]
    .filter(Boolean)
    .join('\n');
}

/** A resource that is there already. One that is known by its full id is looked up by the parts of that. */
export function existingBlock(resource: Resource): string {
  const head = `${headOf(resource)} existing =`;
  if (resource.id === undefined) return `${head} ${block(placeOf(resource))}`;
  const segments = `${resource.symbol}Segments`;
  const place = [`name: ${segments}[8]`, `scope: resourceGroup(${segments}[2], ${segments}[4])`];
  return `var ${segments} = split(${bicepValue(resource.id)}, '/')\n\n${head} ${block(place)}`;
}

/** A module as the file around it deploys it. */
export function moduleBlock(module: Module): string {
  const { symbol, name, group, parameters, after } = module;
  const values = parameters.map(({ name, value }) => [name, value] as const);
  const lines = [
    `name: ${bicepValue(name)}`,
    group && `scope: resourceGroup(${bicepValue(group.subscription)}, ${bicepValue(group.resourceGroup)})`,
    `params: ${bicepObject(values, '  ')}`,
    after && bicepComment(after.because),
    after && `dependsOn: [\n    ${after.first.symbol}\n  ]`,
  ];
  return `module ${symbol} ${bicepText(modulePath(module))} = ${block(lines)}`;
}

/** Where the file of a module is. */
export function modulePath({ file }: Module): string {
  return `modules/${file}.bicep`;
}

function headOf({ symbol, type }: Resource): string {
  return `resource ${symbol} ${bicepText(`${type}@${apiVersions[type]}`)}`;
}

function placeOf({ name, parent, scope }: Resource): (string | undefined)[] {
  return [
    name === undefined ? undefined : `name: ${bicepValue(name)}`,
    parent && `parent: ${parent.symbol}`,
    scope && `scope: ${scope.symbol}`,
  ];
}

function block(lines: readonly (string | undefined)[]): string {
  return `{\n${lines.flatMap((line) => (line === undefined ? [] : [`  ${line}\n`])).join('')}}`;
}

function identityText(identity: Identity): string {
  if (identity.kind === 'systemAssigned') return bicepObject([['type', 'SystemAssigned']], '  ');
  // Only text may be a name: an id that is a parameter is put into one.
  const name = bicepValue(identityId(identity));
  return `{\n    type: 'UserAssigned'\n    userAssignedIdentities: {\n      ${name}: {}\n    }\n  }`;
}
