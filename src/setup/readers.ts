import type { Environment, Spec } from '../spec/spec.ts';

/** Something or somebody who reads the certificate from the vault, and so needs a right there. */
export interface Reader {
  readonly kind: 'workflow' | 'userAssignedIdentity' | 'site' | 'user';
  /** For people: `the Logic App "hr-lists"`. */
  readonly name: string;
  /** Resource id; for a user, the name that they sign in with. */
  readonly id: string;
  /** Whether the templates that certflow generates give it its right on the vault. */
  readonly isGrantedByDeploy: boolean;
}

/** Everybody who reads the certificate in an environment: the identities of its targets, and the owner of the flow's connection. */
export function readersOf(spec: Spec, { targets }: Environment): Reader[] {
  const { consumption, standard, appService, powerAutomate } = targets;
  const readers: Reader[] = [];
  if (consumption) {
    const { subscription, resourceGroup, managedIdentity = 'systemAssigned', assignVaultRole = true } = consumption;
    if (managedIdentity !== 'systemAssigned')
      readers.push({
        kind: 'userAssignedIdentity',
        name: `the managed identity "${managedIdentity.split('/').at(-1)}"`,
        id: managedIdentity,
        isGrantedByDeploy: assignVaultRole,
      });
    else if (subscription && resourceGroup)
      readers.push({
        kind: 'workflow',
        name: `the Logic App "${spec.name}"`,
        id: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Logic/workflows/${spec.name}`,
        isGrantedByDeploy: assignVaultRole,
      });
  }
  for (const [target, what] of [
    [standard, 'the Logic App (Standard)'],
    [appService, 'the web app'],
  ] as const) {
    if (target?.subscription && target.resourceGroup && target.site)
      readers.push({
        kind: 'site',
        name: `${what} "${target.site}"`,
        id: `/subscriptions/${target.subscription}/resourceGroups/${target.resourceGroup}/providers/Microsoft.Web/sites/${target.site}`,
        isGrantedByDeploy: false,
      });
  }
  if (powerAutomate?.connectionOwner)
    readers.push({
      kind: 'user',
      name: `${powerAutomate.connectionOwner}, who signs in to the connection of the flow`,
      id: powerAutomate.connectionOwner,
      isGrantedByDeploy: false,
    });
  return readers;
}
