import { findUser } from '../../azure/graph.ts';
import { findIdentity, type Identity, switchIdentityOn } from '../../azure/identities.ts';
import { needing } from '../../azure/needing.ts';
import { assignRole, listRoleAssignments, roleDefinitionId } from '../../azure/role-assignments.ts';
import { changePolicy, type Vault } from '../../azure/vaults.ts';
import { whenReplicated } from '../../azure/when-replicated.ts';
import { rights } from '../../cloud/rights.ts';
import { secretReaders } from '../../cloud/roles.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { needsOf } from '../../spec/needs.ts';
import { guid } from '../../template-language/guid.ts';
import { type Finding, present, type Step } from '../plan.ts';
import type { Reader } from '../readers.ts';
import type { Scene } from '../scene.ts';

/** Lets somebody read the certificate from the vault. An identity that is not there yet gets its right from the deployment. */
export function readerStep(scene: Scene, reader: Reader): Step {
  return {
    part: 'grant',
    name: `${reader.name} reads the vault`,
    look: async () => {
      if (reader.kind === 'user') {
        const user = await findUser(scene.azure, reader.id);
        return user === undefined
          ? { state: 'blocked', detail: 'there is no such user in the tenant' }
          : grantFinding(scene, reader, user);
      }
      const identity = await findIdentity(scene.azure, reader.id);
      if (identity?.principalId !== undefined) return grantFinding(scene, reader, identity.principalId);
      if (identity && reader.kind === 'site') return switchFinding(scene, reader, identity);
      if (reader.kind === 'userAssignedIdentity' && reader.isMade !== true)
        return { state: 'blocked', detail: 'there is no such identity' };
      // Where requests sign in with it too, setting up makes it first.
      if (reader.isMade && needsOf(scene.wanted.spec).identity) return grantLater(scene, reader);
      return {
        state: 'left to others',
        detail: reader.isGrantedByDeploy
          ? `${identity ? 'it has no identity yet' : 'it does not exist yet'}: granted by deploy`
          : `${identity ? 'it has no identity yet' : 'it does not exist yet'}: run "certflow setup" again once it is there`,
      };
    },
  };
}

function switchFinding(scene: Scene, reader: Reader, identity: Identity): Finding {
  return {
    state: 'to change',
    detail: 'its identity is switched on, and gets the right',
    apply: async () => {
      const { principalId } = await switchIdentityOn(scene.azure, reader.id, identity);
      if (principalId === undefined)
        throw new RefusedError(
          `The identity of ${reader.name} was switched on, and has no principal yet. Run the same command again.`,
        );
      await (await grantFinding(scene, reader, principalId)).apply?.();
      return undefined;
    },
  };
}

async function grantFinding(scene: Scene, reader: Reader, principalId: string): Promise<Finding> {
  const vault = await scene.vault();
  const has = vault && (await rightThere(scene, vault, principalId));
  if (has !== undefined) return present(has);
  return { state: 'to create', detail: rightOf(scene, reader), apply: () => give(scene, reader, principalId) };
}

function grantLater(scene: Scene, reader: Reader): Finding {
  const apply = async () => {
    const { principalId } = (await findIdentity(scene.azure, reader.id)) ?? {};
    if (principalId === undefined) throw new RefusedError(`This waits for ${reader.name}, which is not there.`);
    return give(scene, reader, principalId);
  };
  return { state: 'to create', detail: rightOf(scene, reader), apply };
}

function rightOf({ wanted }: Scene, { role }: Reader): string {
  return wanted.vault.access === 'rbac' ? `the role ${role.name}` : 'the secret permission get';
}

/** By what a principal may read secrets already. */
async function rightThere({ azure, wanted }: Scene, vault: Vault, principalId: string): Promise<string | undefined> {
  if (vault.access === 'policy') {
    const secrets = vault.policies.find(({ objectId }) => objectId === principalId)?.secrets ?? [];
    return secrets.includes('get') || secrets.includes('all') ? 'by an access policy' : undefined;
  }
  const assignments = await needing(rights.readResources, () => listRoleAssignments(azure, wanted.vault.id, principalId));
  const role = secretReaders.find(({ id }) => assignments.some(({ roleId }) => roleId.toLowerCase() === id));
  return role && `by the role ${role.name}`;
}

async function give(scene: Scene, { kind, role }: Reader, principalId: string): Promise<undefined> {
  const principalType = kind === 'user' ? 'User' : 'ServicePrincipal';
  const { azure, wanted } = scene;
  const vault = await scene.vault();
  if (!vault) throw new RefusedError(`This waits for the vault ${wanted.vault.name}, which is not there.`);
  if (vault.access === 'policy') {
    await changePolicy(azure, wanted.vault, 'add', {
      objectId: principalId,
      tenantId: vault.tenantId,
      secrets: ['get'],
      certificates: [],
    });
    return;
  }
  const { id: scope } = wanted.vault;
  const name = readerAssignmentName(scope, principalId, role.id);
  await needing(rights.assignRoles, () =>
    whenReplicated(azure, () => assignRole(azure, { name, scope, principalId, principalType, role })),
  );
}

/** The name that the templates give a role, so that neither stands in the way of the other; by it certflow knows what it gave. */
export function readerAssignmentName(vaultId: string, principalId: string, roleId: string): string {
  return guid([vaultId, principalId, roleDefinitionId(vaultId, roleId)]);
}
