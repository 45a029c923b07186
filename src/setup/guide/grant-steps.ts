import { rights } from '../../cloud/rights.ts';
import type { Reader } from '../readers.ts';
import type { Wanted } from '../wanted.ts';
import { az, ps, sh } from './quote.ts';
import type { GuideStep } from './step.ts';

/** Everybody who reads the certificate gets the right to. What does not exist yet is granted by the deployment. */
export function grantSteps(wanted: Wanted): GuideStep[] {
  return wanted.readers.map((reader) => grantStep(reader, wanted));
}

function grantStep(reader: Reader, { vault }: Wanted): GuideStep {
  const { role } = reader;
  const isRbac = vault.access === 'rbac';
  const type = reader.kind === 'user' ? 'User' : 'ServicePrincipal';
  return {
    title: `Let ${reader.name} read the certificate`,
    why: `${
      isRbac
        ? `It reads the certificate as a secret, which takes the role ${role.name} on the vault.`
        : 'It reads the certificate as a secret: certificate permissions are not enough.'
    }${reader.isGrantedByDeploy ? ' The templates that certflow generates do this as well; before the first deployment there is nobody to give it to.' : ''}`,
    who: (isRbac ? rights.assignRoles : rights.writePolicies).what,
    portal: [
      ...(reader.kind === 'user' || reader.kind === 'userAssignedIdentity'
        ? []
        : [`${shortName(reader)}, Identity, System assigned: On`]),
      isRbac
        ? `Vault ${vault.name}, Access control (IAM), Add role assignment: ${role.name}, to ${shortName(reader)}`
        : `Vault ${vault.name}, Access policies, Create: secret permission Get, to ${shortName(reader)}`,
    ],
    az: [
      ...principalInAz(reader),
      `if [ -n "$principal" ]; then`,
      isRbac
        ? `  az role assignment create ${az('--role', role.name)} --assignee-object-id "$principal" --assignee-principal-type ${type} ${az('--scope', vault.id)} >/dev/null`
        : `  az keyvault set-policy ${az('--name', vault.name)} --object-id "$principal" --secret-permissions get >/dev/null`,
      `else`,
      `  echo ${sh(`${shortName(reader)} does not exist yet, or has no identity: run this again once it is deployed.`)} >&2`,
      `fi`,
    ],
    powershell: [
      ...principalInPowerShell(reader),
      'if ($reader) {',
      isRbac
        ? `  if (-not (Get-AzRoleAssignment -RoleDefinitionName ${ps(role.name)} -ObjectId $reader -Scope ${ps(vault.id)})) { New-AzRoleAssignment -RoleDefinitionName ${ps(role.name)} -ObjectId $reader -Scope ${ps(vault.id)} | Out-Null }`
        : `  Set-AzKeyVaultAccessPolicy -VaultName ${ps(vault.name)} -ObjectId $reader -PermissionsToSecrets get`,
      '} else {',
      `  Write-Warning ${ps(`${shortName(reader)} does not exist yet, or has no identity: run this again once it is deployed.`)}`,
      '}',
    ],
  };
}

export function shortName({ kind, id }: Pick<Reader, 'kind' | 'id'>): string {
  return kind === 'user' ? id : (id.split('/').at(-1) ?? id);
}

/** Shell lines that put the object id of a reader into `$principal`; nothing where there is none. */
export function principalInAz({ kind, id }: Pick<Reader, 'kind' | 'id'>): string[] {
  if (kind === 'user') return [`principal=$(az ad user show ${az('--id', id)} --query id -o tsv)`];
  const query = kind === 'userAssignedIdentity' ? 'properties.principalId' : 'identity.principalId';
  return [
    // Switching it on again changes nothing.
    ...(kind === 'site' ? [`az webapp identity assign ${az('--ids', id)} >/dev/null`] : []),
    `principal=$(az resource show ${az('--ids', id)} --query ${query} -o tsv 2>/dev/null || true)`,
  ];
}

/** The same in PowerShell, into `$reader`. */
export function principalInPowerShell({ kind, id }: Pick<Reader, 'kind' | 'id'>): string[] {
  if (kind === 'user') return [`$reader = (Get-MgUser -UserId ${ps(id)}).Id`];
  const found = `Get-AzResource -ResourceId ${ps(id)} -ExpandProperties -ErrorAction SilentlyContinue`;
  if (kind === 'userAssignedIdentity') return [`$reader = (${found}).Properties.principalId`];
  if (kind === 'workflow') return [`$reader = (${found}).Identity.PrincipalId`];
  const [, , subscription, , resourceGroup, , , , site] = id.split('/');
  return [
    `# Subscription ${subscription}; switching it on again changes nothing.`,
    `Set-AzWebApp -ResourceGroupName ${ps(resourceGroup ?? '')} -Name ${ps(site ?? '')} -AssignIdentity $true | Out-Null`,
    `$reader = (${found}).Identity.PrincipalId`,
  ];
}
