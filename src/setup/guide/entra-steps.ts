import { rights } from '../../cloud/rights.ts';
import { hasOwnRegistration, type WantedApplication, type WantedPermission, type WantedToSignIn } from '../wanted.ts';
import { az, file, odata, ps, sh } from './quote.ts';
import type { GuideStep } from './step.ts';

/** The app registration with its certificate, permissions, consent and rights on sites. Each finds what is there already. */
export function entraSteps({ spec, environment, application, certificate, cloud, vault }: WantedToSignIn): GuideStep[] {
  if (application === undefined) return [];
  const { permissions } = application;
  const sites = permissions.flatMap((permission) => permission.sites);
  const graph = `https://${cloud.graphHosts[0]}`;
  const [cer, pem] = [file(`${certificate.name}.cer`), file(`${certificate.name}.pem`)];
  return [
    registration(application, hasOwnRegistration(spec, environment.name) ? `environments.${environment.name}.` : ''),
    {
      title: `Put the certificate on the app registration`,
      why: 'Entra ID checks with it who signs in. Only the public part (.cer) goes there, beside the certificates that are there.',
      who: rights.changeApplication.what,
      portal: [
        'Entra admin center, App registrations, the registration, Certificates & secrets, Certificates',
        `Upload certificate: ${certificate.name}.cer`,
      ],
      az: [
        vault
          ? `thumbprint=$(az keyvault certificate show ${az('--vault-name', vault.name)} ${az('--name', certificate.name)} --query x509ThumbprintHex -o tsv)`
          : `thumbprint=$(openssl x509 -in ${sh(pem)} -noout -fingerprint -sha1 | sed 's/.*=//; s/://g')`,
        'there=$(az ad app credential list --id "$appId" --cert --query "[?customKeyIdentifier==\'$thumbprint\'].keyId | [0]" -o tsv)',
        `[ -n "$there" ] || az ad app credential reset --id "$appId" --cert ${sh(`@${pem}`)} --append --only-show-errors >/dev/null`,
      ],
      powershell: [
        '# All of them are written at once: those that are there go along.',
        '$registration = Get-MgApplication -ApplicationId $application.Id -Property id,keyCredentials',
        `$certificateBytes = [IO.File]::ReadAllBytes((Resolve-Path ${ps(cer)}))`,
        "$new = @{ type = 'AsymmetricX509Cert'; usage = 'Verify'; key = $certificateBytes }",
        '$thumbprint = [Convert]::ToBase64String([Security.Cryptography.SHA1]::Create().ComputeHash($certificateBytes))',
        '$there = $registration.KeyCredentials | Where-Object { [Convert]::ToBase64String($_.CustomKeyIdentifier) -eq $thumbprint }',
        'if (-not $there) { Update-MgApplication -ApplicationId $application.Id -KeyCredentials (@($registration.KeyCredentials) + $new) }',
      ],
    },
    ...(permissions.length === 0 ? [] : [consent(application, cloud.authority)]),
    ...(sites.length === 0
      ? []
      : [
          {
            title: 'Give the application its rights on the sites',
            why: 'Sites.Selected alone opens no site: each is named.',
            who: rights.grantSites.what,
            portal: [
              'There is no page for it: use Graph Explorer, or PowerShell. The Azure CLI signs in as an app of its own, which may not have this permission',
            ],
            az: sites.flatMap(({ graphId, role }) => [
              `siteId=$(az rest ${az('--url', `${graph}/v1.0/sites/${graphId}?$select=id`)} --query id -o tsv) &&`,
              `there=$(az rest --url "${graph}/v1.0/sites/$siteId/permissions" --query "value[?grantedToIdentitiesV2[?application.id=='$appId']].id | [0]" -o tsv) &&`,
              `{ [ -n "$there" ] || az rest --method post --url "${graph}/v1.0/sites/$siteId/permissions" --body "{\\"roles\\":[\\"${role}\\"],\\"grantedToIdentities\\":[{\\"application\\":{\\"id\\":\\"$appId\\",\\"displayName\\":\\"certflow\\"}}]}" >/dev/null; } ||`,
              `echo ${sh(`The right on the site was not given: the sign-in of the Azure CLI mostly lacks Sites.FullControl.All. The PowerShell script asks for it.`)} >&2`,
            ]),
            powershell: sites.flatMap(({ graphId, role }) => [
              `$site = Get-MgSite -SiteId ${ps(graphId)}`,
              '$there = Get-MgSitePermission -SiteId $site.Id | Where-Object { $_.GrantedToIdentitiesV2.Application.Id -contains $application.AppId }',
              `if (-not $there) { New-MgSitePermission -SiteId $site.Id -Roles ${ps(role)} -GrantedToIdentities @(@{ application = @{ id = $application.AppId; displayName = $application.DisplayName } }) | Out-Null }`,
            ]),
          },
        ]),
  ];
}

/** `group`: what stands before `appRegistration.clientId` in the spec. */
function registration({ displayName, clientId }: WantedApplication, group: string): GuideStep {
  const filter = clientId === undefined ? `displayName eq ${odata(displayName)}` : `appId eq ${odata(clientId)}`;
  const isThere = clientId !== undefined;
  return {
    title: isThere ? `Look at the app registration ${displayName}` : `Register the application ${displayName}`,
    why: 'It is who signs in. It needs no redirect address and no client secret.',
    who: rights.register.what,
    portal: isThere
      ? [`Entra admin center, App registrations, All applications: look for ${clientId}`]
      : [
          'Entra admin center, App registrations, New registration',
          `Name: ${displayName}. Supported account types: this organizational directory only. No redirect URI`,
          `Copy the Application (client) ID into the spec, as ${group}appRegistration.clientId`,
        ],
    az: [
      `appId=$(az ad app list ${az('--filter', filter)} --query '[0].appId' -o tsv)`,
      ...(isThere
        ? [`[ -n "$appId" ] || { echo ${sh(`There is no app registration ${clientId} in this tenant.`)} >&2; exit 1; }`]
        : [
            `[ -n "$appId" ] || appId=$(az ad app create ${az('--display-name', displayName)} --sign-in-audience AzureADMyOrg --query appId -o tsv)`,
          ]),
      'az ad sp show --id "$appId" >/dev/null 2>&1 || az ad sp create --id "$appId" >/dev/null',
      'echo "clientId: $appId"',
    ],
    powershell: [
      `$application = Get-MgApplication -Filter ${ps(filter)} | Select-Object -First 1`,
      isThere
        ? `if (-not $application) { throw ${ps(`There is no app registration ${clientId} in this tenant.`)} }`
        : `if (-not $application) { $application = New-MgApplication -DisplayName ${ps(displayName)} -SignInAudience AzureADMyOrg }`,
      '$principal = Get-MgServicePrincipal -Filter "appId eq \'$($application.AppId)\'"',
      'if (-not $principal) { $principal = New-MgServicePrincipal -AppId $application.AppId }',
      'Write-Output "clientId: $($application.AppId)"',
    ],
  };
}

function consent({ permissions }: WantedApplication, authority: string): GuideStep {
  return {
    title: 'Ask for the permissions, and consent to them',
    why: 'Application permissions work only after an administrator has consented to them for the whole tenant.',
    who: rights.consent.what,
    portal: [
      'The registration, API permissions, Add a permission',
      ...permissions.map(({ name, roles }) => `${name}, Application permissions: ${roles.join(', ')}`),
      'Grant admin consent for the organization',
      `Or an administrator opens ${authority}/<tenant>/adminconsent?client_id=<client id>`,
    ],
    az: permissions
      .flatMap((permission) => [...apiInAz(permission), ...permission.roles.flatMap(roleInAz)])
      .concat(['az ad app permission admin-consent --id "$appId"']),
    powershell: permissions.flatMap((permission) => [
      `$api = Get-MgServicePrincipal -Filter ${ps(apiFilter(permission))}`,
      `foreach ($name in ${permission.roles.map(ps).join(', ')}) {`,
      "  $role = $api.AppRoles | Where-Object { $_.Value -eq $name -and $_.AllowedMemberTypes -contains 'Application' }",
      '  if (-not $role) { throw "$($api.DisplayName) has no application permission $name" }',
      '  $granted = Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id | Where-Object { $_.ResourceId -eq $api.Id -and $_.AppRoleId -eq $role.Id }',
      '  if (-not $granted) { New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $api.Id -AppRoleId $role.Id | Out-Null }',
      '}',
    ]),
  };
}

function apiInAz(permission: WantedPermission): string[] {
  return [`apiId=$(az ad sp list ${az('--filter', apiFilter(permission))} --query '[0].appId' -o tsv)`];
}

function roleInAz(role: string): string[] {
  return [
    `roleId=$(az ad sp show --id "$apiId" ${az('--query', `appRoles[?value=='${role.replaceAll(/[^\w.-]/g, '')}'].id | [0]`)} -o tsv)`,
    'az ad app permission add --id "$appId" --api "$apiId" --api-permissions "$roleId=Role" --only-show-errors',
  ];
}

/** Finds the service principal of an API, by its application id or one of its identifiers. */
export function apiFilter({ api }: WantedPermission): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(api)
    ? `appId eq ${odata(api)}`
    : `servicePrincipalNames/any(n:n eq ${odata(api)})`;
}
