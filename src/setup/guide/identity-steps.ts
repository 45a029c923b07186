import { rights } from '../../cloud/rights.ts';
import type { Site } from '../../proofs/sites.ts';
import type { IdentityHolder, WantedIdentity } from '../identity/wanted-identity.ts';
import type { WantedPermission } from '../wanted.ts';
import { apiFilter } from './entra-steps.ts';
import { principalInAz, principalInPowerShell, shortName } from './grant-steps.ts';
import { az, ps, sh } from './quote.ts';
import type { GuideStep } from './step.ts';

/** The identities that the spec has made. They come first: they read a vault too perhaps. */
export function newIdentitySteps({ identities }: WantedIdentity): GuideStep[] {
  return identities.flatMap((holder) => (holder.madeIn ? [toMake(holder, holder.madeIn)] : []));
}

/** What the identities that requests sign in with may do. */
export function identityRightSteps({ identities, permissions, cloud }: WantedIdentity): GuideStep[] {
  const graph = `https://${cloud.graphHosts[0]}`;
  return identities.flatMap((holder) => [
    ...(permissions.length === 0 ? [] : [toAllow(holder, permissions, graph)]),
    ...(permissions.every(({ sites }) => sites.length === 0)
      ? []
      : [
          toOpen(
            holder,
            permissions.flatMap(({ sites }) => sites),
            graph,
          ),
        ]),
  ]);
}

function toMake(
  { id }: IdentityHolder,
  { subscription, resourceGroup, location }: NonNullable<IdentityHolder['madeIn']>,
): GuideStep {
  const name = id.split('/').at(-1) ?? id;
  const group = az('--name', resourceGroup);
  return {
    title: `Make the managed identity ${name}`,
    why: 'It is who signs in. It outlives what uses it, so that it can have its permissions before anything is deployed.',
    who: `${rights.makeIdentity.what}; where the group is new, ${rights.makeGroup.what}`,
    portal: [
      'Azure portal, Managed Identities, Create',
      `Subscription ${subscription}, resource group ${resourceGroup}, region ${location}, name ${name}`,
    ],
    az: [
      `az account set ${az('--subscription', subscription)}`,
      `az group show ${group} >/dev/null 2>&1 || az group create ${group} ${az('--location', location)} >/dev/null`,
      `az identity show ${az('--ids', id)} >/dev/null 2>&1 || az identity create ${az('--name', name)} ${az('--resource-group', resourceGroup)} ${az('--location', location)} >/dev/null`,
    ],
    powershell: [
      `Set-AzContext -Subscription ${ps(subscription)} | Out-Null`,
      `if (-not (Get-AzResourceGroup -Name ${ps(resourceGroup)} -ErrorAction SilentlyContinue)) { New-AzResourceGroup -Name ${ps(resourceGroup)} -Location ${ps(location)} | Out-Null }`,
      `if (-not (Get-AzResource -ResourceId ${ps(id)} -ErrorAction SilentlyContinue)) { New-AzUserAssignedIdentity -ResourceGroupName ${ps(resourceGroup)} -Name ${ps(name)} -Location ${ps(location)} | Out-Null }`,
    ],
  };
}

function toAllow(holder: IdentityHolder, permissions: readonly WantedPermission[], graph: string): GuideStep {
  return {
    title: `Give ${holder.name} its permissions`,
    why: `An identity has no app registration, so that no page asks for consent: each role of an API is assigned to it. Do it before the first call: what the identity was told before, it keeps for up to a day.${comesLater(holder)}`,
    who: rights.consent.what,
    portal: ['There is no page for it: use the commands, or Graph Explorer'],
    az: whereThere(holder, [
      ...permissions.flatMap(({ roles, ...permission }) => [
        `apiId=$(az ad sp list ${az('--filter', apiFilter({ ...permission, roles }))} --query '[0].id' -o tsv)`,
        ...roles.flatMap((role) => [
          `roleId=$(az ad sp show --id "$apiId" ${az('--query', `appRoles[?value=='${role.replaceAll(/[^\w.-]/g, '')}'].id | [0]`)} -o tsv)`,
          `there=$(az rest --url "${graph}/v1.0/servicePrincipals/$principal/appRoleAssignments" --query "value[?resourceId=='$apiId' && appRoleId=='$roleId'].id | [0]" -o tsv)`,
          `[ -n "$there" ] || az rest --method post --url "${graph}/v1.0/servicePrincipals/$apiId/appRoleAssignedTo" --body "{\\"principalId\\":\\"$principal\\",\\"resourceId\\":\\"$apiId\\",\\"appRoleId\\":\\"$roleId\\"}" >/dev/null`,
        ]),
      ]),
    ]),
    powershell: whereThereInPowerShell(
      holder,
      permissions.flatMap(({ roles, ...permission }) => [
        `$api = Get-MgServicePrincipal -Filter ${ps(apiFilter({ ...permission, roles }))}`,
        `foreach ($name in ${roles.map(ps).join(', ')}) {`,
        "  $role = $api.AppRoles | Where-Object { $_.Value -eq $name -and $_.AllowedMemberTypes -contains 'Application' }",
        '  if (-not $role) { throw "$($api.DisplayName) has no application permission $name" }',
        '  $granted = Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $reader | Where-Object { $_.ResourceId -eq $api.Id -and $_.AppRoleId -eq $role.Id }',
        '  if (-not $granted) { New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $reader -PrincipalId $reader -ResourceId $api.Id -AppRoleId $role.Id | Out-Null }',
        '}',
      ]),
    ),
  };
}

function toOpen(holder: IdentityHolder, sites: readonly Site[], graph: string): GuideStep {
  return {
    title: `Give ${holder.name} its rights on the sites`,
    why: 'Sites.Selected alone opens no site: each is named. A site knows the identity by its client id.',
    who: rights.grantSites.what,
    portal: [
      'There is no page for it: use Graph Explorer, or PowerShell. The Azure CLI signs in as an app of its own, which may not have this permission',
    ],
    az: whereThere(holder, [
      'clientId=$(az ad sp show --id "$principal" --query appId -o tsv)',
      ...sites.flatMap(({ graphId, role }) => [
        `siteId=$(az rest ${az('--url', `${graph}/v1.0/sites/${graphId}?$select=id`)} --query id -o tsv) &&`,
        `there=$(az rest --url "${graph}/v1.0/sites/$siteId/permissions" --query "value[?grantedToIdentitiesV2[?application.id=='$clientId']].id | [0]" -o tsv) &&`,
        `{ [ -n "$there" ] || az rest --method post --url "${graph}/v1.0/sites/$siteId/permissions" --body "{\\"roles\\":[\\"${role}\\"],\\"grantedToIdentities\\":[{\\"application\\":{\\"id\\":\\"$clientId\\",\\"displayName\\":\\"certflow\\"}}]}" >/dev/null; } ||`,
        `echo ${sh('The right on the site was not given: the sign-in of the Azure CLI mostly lacks Sites.FullControl.All. The PowerShell script asks for it.')} >&2`,
      ]),
    ]),
    powershell: whereThereInPowerShell(holder, [
      '$identity = Get-MgServicePrincipal -ServicePrincipalId $reader',
      ...sites.flatMap(({ graphId, role }) => [
        `$site = Get-MgSite -SiteId ${ps(graphId)}`,
        '$there = Get-MgSitePermission -SiteId $site.Id | Where-Object { $_.GrantedToIdentitiesV2.Application.Id -contains $identity.AppId }',
        `if (-not $there) { New-MgSitePermission -SiteId $site.Id -Roles ${ps(role)} -GrantedToIdentities @(@{ application = @{ id = $identity.AppId; displayName = $identity.DisplayName } }) | Out-Null }`,
      ]),
    ]),
  };
}

function comesLater({ kind }: IdentityHolder): string {
  return kind === 'userAssignedIdentity' ? '' : ' It comes with what is deployed: do this right after the first deployment.';
}

function whereThere(holder: IdentityHolder, commands: readonly string[]): string[] {
  return [
    ...principalInAz(holder),
    'if [ -n "$principal" ]; then',
    ...commands.map((command) => `  ${command}`),
    'else',
    `  echo ${sh(notThere(holder))} >&2`,
    'fi',
  ];
}

function whereThereInPowerShell(holder: IdentityHolder, commands: readonly string[]): string[] {
  return [
    ...principalInPowerShell(holder),
    'if ($reader) {',
    ...commands.map((command) => `  ${command}`),
    '} else {',
    `  Write-Warning ${ps(notThere(holder))}`,
    '}',
  ];
}

function notThere(holder: IdentityHolder): string {
  return `${shortName(holder)} does not exist yet, or has no identity: run this again once it is deployed.`;
}
