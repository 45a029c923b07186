import { member } from '../../../json/member.ts';
import { ServiceError } from '../../http/answer.ts';
import type { ArmResource } from '../../state.ts';
import { authorizeVault } from '../../vault/access.ts';
import { objectKey } from '../../vault/objects.ts';
import type { World } from '../../world.ts';
import { vaultNamed } from '../providers/vaults.ts';
import { listed } from '../resources.ts';

/**
 * How it stands with the references to vaults in the settings of an app: by what its identity may read now. Shapes: Microsoft's REST
 * reference "Web Apps - Get App Settings Key Vault References" (ApiKVReference, ResolveStatus).
 */
export function referencesOf(world: World, site: ArmResource) {
  const settings = member(listed(world, `${site.id}/config/appsettings`, 'list'), 'properties') ?? {};
  return Object.entries(settings).flatMap(([name, value]) => {
    const reference = String(value);
    if (!reference.startsWith('@Microsoft.KeyVault(')) return [];
    const { vault, secret, version } = partsOf(reference);
    const status = statusOf(world, site, vault, secret);
    return [
      {
        id: `${site.id}/config/configreferences/appsettings/${name}`,
        name,
        type: 'Microsoft.Web/sites',
        properties: {
          reference,
          status,
          vaultName: vault,
          secretName: secret,
          ...(version !== undefined && { secretVersion: version }),
          details: status === 'Resolved' ? 'Reference has been successfully resolved.' : 'The reference could not be resolved.',
          source: 'KeyVault',
        },
      },
    ];
  });
}

/** The two ways to write a reference. Source: docs/facts/app-service.md#references-to-a-vault. */
function partsOf(reference: string): { vault?: string; secret?: string; version?: string } {
  const uri = /\(SecretUri=https:\/\/([^./)]+)[^/)]*\/secrets\/([^/)]+)(?:\/([^/)]+))?\/?\)$/i.exec(reference);
  const names = /\(VaultName=([^;)]+);SecretName=([^;)]+)(?:;SecretVersion=([^;)]+))?\)$/i.exec(reference);
  const [, vault, secret, version] = uri ?? names ?? [];
  return { ...(vault && { vault }), ...(secret && { secret }), ...(version && { version }) };
}

function statusOf(world: World, site: ArmResource, vaultName?: string, secret?: string): string {
  if (vaultName === undefined || secret === undefined) return 'InvalidSyntax';
  const vault = vaultNamed(world.state, vaultName);
  if (vault === undefined) return 'VaultNotFound';
  const principal = principalOf(world, site);
  if (principal === undefined) return 'MSINotEnabled';
  try {
    const caller = { objectId: principal.id, appId: principal.appId, tenantId: world.tenantId, roles: [] };
    authorizeVault(world, caller, vault, 'secrets', 'get', secret);
  } catch (error) {
    if (error instanceof ServiceError) return 'AccessToKeyVaultDenied';
    throw error;
  }
  const stored = world.state.secrets.get(objectKey(vault, secret));
  return stored && !stored.deleted ? 'Resolved' : 'SecretNotFound';
}

/** The identity that the site says reads references, else its own. */
function principalOf({ state }: World, { properties, identity }: ArmResource) {
  const chosen = String(properties.keyVaultReferenceIdentity ?? '');
  const assigned = Object.entries((identity?.userAssignedIdentities ?? {}) as Record<string, unknown>);
  const user = assigned.find(([id]) => id.toLowerCase() === chosen.toLowerCase())?.[1];
  const principalId = chosen.startsWith('/') ? member(user, 'principalId') : identity?.principalId;
  return typeof principalId === 'string' ? state.servicePrincipals.get(principalId) : undefined;
}
