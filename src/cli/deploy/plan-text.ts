import type { Change, ChangedProperty } from '../../deploy/changes.ts';
import { givesAccess, hasChanges, type Plan } from '../../deploy/plan.ts';
import type { RightHeld } from '../../deploy/rights.ts';
import { nameOf } from '../../deploy/targets/target-of.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Line, line, type Part, painted } from '../../diagnostics/line.ts';
import { cutKnown } from '../../diagnostics/show.ts';
import { quote } from '../../diagnostics/words.ts';
import type { VaultAccess } from '../../proofs/vault-access.ts';

const marks = {
  create: painted('ok', '+'),
  change: painted('warning', '~'),
  none: '=',
  unknown: painted('warning', '?'),
  lacking: painted('error', '!'),
} as const;
const words = {
  create: 'will be made',
  change: 'will be changed',
  none: 'stays as it is',
  unknown: 'cannot be told beforehand',
} as const;

/** More changed properties of one resource than this are counted, not listed. */
const mostProperties = 30;

/** A plan for people, as a list. */
export function planText(plan: Plan): Line[] {
  const { target, groupExists, changes, source, why = '', rights, isUnderWay } = plan;
  const { subscription, resourceGroup, location } = target.place;
  const where = location === undefined ? '' : `${location}, `;
  return [
    line`${nameOf(target)}: ${resourceGroup}, ${where}subscription ${subscription}`,
    ...(isUnderWay ? [['  ', marks.lacking, ' a deployment is under way; "certflow deploy" follows it to its end first']] : []),
    ...(source === 'template' ? [[`  Made from the template alone: ${why}.`]] : []),
    ...(groupExists ? [] : [['  ', marks.create, ...line` resource group ${resourceGroup}  will be made`]]),
    ...changes.flatMap(changeLines),
    ...accessLines(plan),
    ...permissionLines(plan),
    ...rightsLines(rights),
    ...securityNotes(plan).map(
      ({ rule, message, about }): Line => ['  ', marks.lacking, ` ${rule}: ${cutKnown(message, about)}`],
    ),
    ...(hasChanges(plan) ? [] : ['  Nothing to do: everything is as the spec says.']),
  ];
}

function changeLines({ action, what, name, properties, alsoUsedBy = [] }: Change): Line[] {
  const more = properties.length - mostProperties;
  return [
    ['  ', marks[action], ...line` ${what} ${name}  ${words[action]}`],
    ...properties.slice(0, mostProperties).map(propertyLine),
    ...(more > 0 ? [line`      and ${more} more`] : []),
    ...(alsoUsedBy.length > 0 ? [line`      also used by ${alsoUsedBy.join(', ')}`] : []),
  ];
}

function propertyLine({ path, before, after, isHidden }: ChangedProperty): Line {
  if (isHidden) return line`      ${path}: changes (its values are not shown)`;
  if (before === undefined) return line`      ${path}: ${quote(after)} is new`;
  if (after === undefined) return line`      ${path}: ${quote(before)} goes away`;
  return line`      ${path}: ${quote(before)} → ${quote(after)}`;
}

function accessLines(plan: Plan): Line[] {
  const { access, target } = plan;
  return access && target.vault ? [accessLine(plan, access, target.vault.name)] : [];
}

function accessLine(plan: Plan, access: VaultAccess, vault: string): Line {
  const { target } = plan;
  if (access.state === 'held') return line`  = access to the key vault ${vault}  held (${access.by})`;
  if (givesAccess(plan)) {
    const what = target.vaultAccess?.kind === 'role' ? `role ${target.vaultAccess.roleName}` : 'access policy (secrets: get)';
    return access.state === 'cannot tell'
      ? ['  ', marks.unknown, ...line` ${what} on the key vault ${vault}  you may not look whether it is held; it will be given`]
      : ['  ', marks.create, ...line` ${what} on the key vault ${vault}  will be given to the identity`];
  }
  const how = access.state === 'missing' ? 'is missing' : 'cannot be looked at';
  return [
    '  ',
    marks.lacking,
    ...line` access to the key vault ${vault}  ${how}, and is left to others (assignVaultRole: false)`,
  ];
}

/** What the identity may do at the APIs that are called, which no template gives. */
function permissionLines({ permissions, target }: Plan): Line[] {
  if (!permissions) return [];
  if (permissions.state === 'held') return [line`  = permissions of the managed identity  held`];
  if (permissions.state === 'cannot tell')
    return [line`  ? permissions of the managed identity  you may not look whether they are held`];
  const lacking = permissions.missing.join('; ');
  const isNew = permissions.principalId === undefined;
  return [
    line`  ! permissions of the managed identity  ${lacking === '' ? 'it is not there yet' : `${lacking}: missing`}; "certflow setup" gives them${isNew && target.place.userAssignedIdentity === undefined ? ' once it is deployed' : ''}`,
    ...(target.targetName === 'consumption' && target.startsByItself
      ? [line`      until then the Logic App stays disabled`]
      : []),
  ];
}

/** What the checker says of secrets, though it does not stand in the way: who agrees to the plan knows of it. */
function securityNotes({ target }: Plan): readonly Diagnostic[] {
  return target.notes.filter(({ category }) => category === 'security');
}

/** The rights that it takes: one line while all are held, otherwise those that are not, by resource group. */
function rightsLines(rights: readonly RightHeld[]): Line[] {
  const groups = [...new Set(rights.map(({ resourceGroup }) => resourceGroup))];
  if (rights.every(({ held }) => held === 'yes')) {
    const names = groups.flatMap((value, index) => [index === 0 ? '' : ' and ', { value }]);
    return [['  = your rights in ', ...names, '  held']];
  }
  return groups.flatMap((group) => [
    ...rightsNotHeld(rights, group, 'no', ['  ', marks.lacking, ...line` you lack in ${group}  `]),
    ...rightsNotHeld(rights, group, 'cannot tell', ['  ', marks.unknown, ...line` could not be checked in ${group}  `]),
  ]);
}

function rightsNotHeld(rights: readonly RightHeld[], group: string, how: RightHeld['held'], start: readonly Part[]): Line[] {
  const names = rights.flatMap(({ resourceGroup, held, action }) => (resourceGroup === group && held === how ? [action] : []));
  return names.length === 0 ? [] : [[...start, names.join(', ')]];
}

/** A plan for programs. */
export function planJson(plan: Plan) {
  const { target, groupExists, changes, source, why, rights, access, permissions, isUnderWay } = plan;
  const { subscription, resourceGroup, location } = target.place;
  return {
    target: { name: target.targetName, subscription, resourceGroup, ...(location === undefined ? {} : { location }) },
    hasChanges: hasChanges(plan),
    source,
    ...(why === undefined ? {} : { why }),
    groupExists,
    isUnderWay,
    changes: changes.map(({ properties, ...change }) => ({ ...change, properties: properties.map(withoutHidden) })),
    ...(access && { access }),
    ...(permissions && { permissions }),
    rights,
    notes: target.notes,
  };
}

function withoutHidden({ path, before, after, isHidden }: ChangedProperty) {
  return isHidden ? { path, isHidden } : { path, before, after };
}
