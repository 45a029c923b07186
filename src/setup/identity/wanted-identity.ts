import { type Cloud, clouds } from '../../cloud/clouds.ts';
import { targetsWithIdentity } from '../../spec/identities.ts';
import { needsOf } from '../../spec/needs.ts';
import { lacking, type Requirement } from '../../spec/required.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import { type Reader, readersOf } from '../readers.ts';
import { type WantedPermission, wantedPermissions } from '../wanted.ts';

/** What has to be there before requests can sign in with the managed identities of an environment. */
export interface WantedIdentity {
  readonly spec: Spec;
  readonly environment: Environment;
  readonly cloud: Cloud;
  /** One for each identity; all get the same permissions. */
  readonly identities: readonly IdentityHolder[];
  readonly permissions: readonly WantedPermission[];
}

/** An identity, or what has one of its own. */
export interface IdentityHolder extends Pick<Reader, 'name' | 'id'> {
  readonly kind: 'workflow' | 'site' | 'userAssignedIdentity';
  /** Where the identity is made if it is not there; absent for one that has to be there, or comes with what has it. */
  readonly madeIn?: { readonly subscription: string; readonly resourceGroup: string; readonly location: string };
}

/**
 * What setting up the managed identities of a spec for an environment aims at; undefined where no request signs in with one. Throws a
 * SpecError that names what the spec has to say for it.
 */
export function wantedIdentity(spec: Spec, environment: Environment): WantedIdentity | undefined {
  if (!needsOf(spec).identity) return undefined;
  const problems: Requirement[] = [];
  const identities = holdersOf(spec, environment, problems);
  const permissions = wantedPermissions(environment.identityPermissions, 'managedIdentity', problems);
  if (identities.length === 0 && problems.length === 0)
    problems.push({
      path: ['targets'],
      message: 'no target says whose managed identity signs in',
      help: 'write subscription and resourceGroup of a target, such as targets.consumption, and what else it needs',
    });
  if (problems.length > 0) throw lacking(spec, environment, problems);
  return { spec, environment, cloud: clouds[environment.cloud], identities, permissions };
}

function holdersOf(spec: Spec, environment: Environment, problems: Requirement[]): IdentityHolder[] {
  const found = new Map<string, IdentityHolder>();
  for (const { kind, name, id } of readersOf(spec, environment)) {
    if (kind === 'user' || found.has(id.toLowerCase())) continue;
    const madeIn = kind === 'userAssignedIdentity' ? placeOfNew(environment, id, problems) : undefined;
    found.set(id.toLowerCase(), { kind, name, id, ...(madeIn && { madeIn }) });
  }
  return [...found.values()];
}

/** Where an identity is made that a target says is not there yet. */
function placeOfNew({ targets }: Environment, id: string, problems: Requirement[]): IdentityHolder['madeIn'] {
  const key = targetsWithIdentity.find(
    (one) => targets[one]?.existingIdentity === false && targets[one]?.managedIdentity?.toLowerCase() === id.toLowerCase(),
  );
  if (key === undefined) return undefined;
  const { location } = targets[key] ?? {};
  if (location === undefined) {
    problems.push({
      path: ['targets', key, 'location'],
      message: 'an identity that is made needs a region',
      help: 'write location, such as westeurope; or leave existingIdentity out, where it is there already',
    });
    return undefined;
  }
  const [, , subscription = '', , resourceGroup = ''] = id.split('/');
  return { subscription, resourceGroup, location };
}
