import { vaultRoles } from '../cloud/roles.ts';
import type { Environment, Spec, Targets } from '../spec/spec.ts';

/** Something or somebody who reads the certificate from the vault, and so needs a right there. */
export interface Reader {
  readonly kind: 'workflow' | 'userAssignedIdentity' | 'site' | 'user';
  /** For people: `the Logic App "hr-lists"`. */
  readonly name: string;
  /** Resource id; for a user, the name that they sign in with. */
  readonly id: string;
  /** The role that lets it, in a vault with roles. */
  readonly role: { readonly name: string; readonly id: string };
  /** Whether the templates that certflow generates give it its right on the vault. */
  readonly isGrantedByDeploy: boolean;
  /** Whether certflow makes this identity, so that it need not be there yet. */
  readonly isMade?: boolean;
}

type AzureTarget = NonNullable<Targets['consumption'] | Targets['standard'] | Targets['appService']>;

/** Everybody who reads the certificate in an environment: the identities of its targets, and the owner of the flow's connection. */
export function readersOf(spec: Spec, { targets }: Environment): Reader[] {
  const { consumption, standard, appService, powerAutomate } = targets;
  return [
    ...identityOf(consumption, 'workflow', `the Logic App "${spec.name}"`, `Microsoft.Logic/workflows/${spec.name}`),
    ...identityOf(standard, 'site', `the Logic App (Standard) "${standard?.site}"`, sitePath(standard?.site)),
    ...identityOf(appService, 'site', `the web app "${appService?.site}"`, sitePath(appService?.site)),
    ...(powerAutomate?.connectionOwner
      ? [
          {
            kind: 'user' as const,
            name: `${powerAutomate.connectionOwner}, who signs in to the connection of the flow,`,
            id: powerAutomate.connectionOwner,
            role: vaultRoles.secretsUser,
            isGrantedByDeploy: false,
          },
        ]
      : []),
  ];
}

/** The identity of a target, where the spec says enough to find it. */
function identityOf(
  target: AzureTarget | undefined,
  kind: 'workflow' | 'site',
  name: string,
  path: string | undefined,
): Reader[] {
  if (!target) return [];
  const {
    subscription,
    resourceGroup,
    managedIdentity = 'systemAssigned',
    assignVaultRole = true,
    role = 'secretsUser',
  } = target;
  const common = { role: vaultRoles[role], isGrantedByDeploy: assignVaultRole };
  if (managedIdentity !== 'systemAssigned') {
    const identity = `the managed identity "${managedIdentity.split('/').at(-1)}"`;
    const isMade = target.existingIdentity === false;
    return [{ kind: 'userAssignedIdentity', name: identity, id: managedIdentity, isMade, ...common }];
  }
  if (!subscription || !resourceGroup || path === undefined) return [];
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${path}`;
  return [{ kind, name, id, ...common }];
}

function sitePath(site: string | undefined): string | undefined {
  return site === undefined ? undefined : `Microsoft.Web/sites/${site}`;
}
