import { rights } from '../../cloud/rights.ts';
import { certificatesOfficer } from '../../cloud/roles.ts';
import { certificatePolicy } from '../certificate-policy.ts';
import type { Wanted } from '../wanted.ts';
import { az, file, ps, sh } from './quote.ts';
import type { GuideStep } from './step.ts';

/** The vault, and the certificate made inside it, so that its key is never a file. */
export function vaultSteps({ vault, certificate }: Wanted): GuideStep[] {
  const { name, resourceGroup, subscription, location, access, tags, purgeProtection, id } = vault;
  const isRbac = access === 'rbac';
  const officer = az('--role', certificatesOfficer.name);
  const scope = az('--scope', id);
  const vaultName = az('--vault-name', name);
  const group = az('--name', resourceGroup);
  // Nobody knows it but who makes the vault; of one that is there it is not asked.
  const region =
    location === undefined ? `--location "\${LOCATION:?set it to the region of the vault}"` : az('--location', location);
  const psRegion =
    location === undefined
      ? `$(if ($env:LOCATION) { $env:LOCATION } else { throw ${ps('Set the variable LOCATION to the region of the vault.')} })`
      : ps(location);
  const azTags =
    tags === undefined
      ? ''
      : ` --tags ${Object.entries(tags)
          .map(([tag, value]) => sh(`${tag}=${value}`))
          .join(' ')}`;
  const psTags =
    tags === undefined
      ? ''
      : ` -Tag @{ ${Object.entries(tags)
          .map(([tag, value]) => `${ps(tag)} = ${ps(value)}`)
          .join('; ')} }`;
  const pem = file(`${certificate.name}.pem`);
  const names = `${vaultName} ${az('--name', certificate.name)}`;
  return [
    {
      title: `Make the vault ${name}`,
      why: 'It holds the certificate with its key. Where it is there already, it stays as it is.',
      who: `${rights.makeVault.what}; where the group is new, ${rights.makeGroup.what}`,
      portal: [
        'Azure portal, Key vaults, Create',
        `Subscription ${subscription}, resource group ${resourceGroup}, name ${name}, region ${location ?? 'of your choice'}`,
        isRbac ? 'Access configuration: Azure role-based access control' : 'Access configuration: Vault access policy',
        ...(purgeProtection
          ? ['Enable purge protection: for good, and for 90 days after a deletion nobody can use the name again']
          : []),
        ...(tags === undefined
          ? []
          : [
              `Tags: ${Object.entries(tags)
                .map(([tag, value]) => `${tag} = ${value}`)
                .join(', ')}`,
            ]),
      ],
      az: [
        `az account set ${az('--subscription', subscription)}`,
        `az group show ${group} >/dev/null 2>&1 || az group create ${group} ${region} >/dev/null`,
        `az keyvault show ${az('--name', name)} >/dev/null 2>&1 || az keyvault create ${az('--name', name)} ${az('--resource-group', resourceGroup)} ${region} --enable-rbac-authorization ${isRbac}${purgeProtection ? ' --enable-purge-protection true' : ''}${azTags} >/dev/null`,
      ],
      powershell: [
        `Set-AzContext -Subscription ${ps(subscription)} | Out-Null`,
        `if (-not (Get-AzResourceGroup -Name ${ps(resourceGroup)} -ErrorAction SilentlyContinue)) { New-AzResourceGroup -Name ${ps(resourceGroup)} -Location ${psRegion} | Out-Null }`,
        `if (-not (Get-AzKeyVault -VaultName ${ps(name)})) { New-AzKeyVault -VaultName ${ps(name)} -ResourceGroupName ${ps(resourceGroup)} -Location ${psRegion}${purgeProtection ? ' -EnablePurgeProtection' : ''}${isRbac ? '' : ' -DisableRbacAuthorization'}${psTags} | Out-Null }`,
      ],
    },
    {
      title: `Make the certificate ${certificate.name} in the vault`,
      why: `Made there, its key is never a file. A PFX that you have is imported instead, by "certflow setup --pfx <file>" or by hand. ${
        isRbac
          ? `The right to do it (${certificatesOfficer.name}) is taken back afterwards.`
          : 'The right to do it is taken back afterwards.'
      }`,
      who: (isRbac ? rights.assignRoles : rights.writePolicies).what,
      portal: [
        isRbac
          ? `The vault, Access control (IAM), Add role assignment: ${certificatesOfficer.name}, to yourself`
          : 'The vault, Access policies, Create: certificate permissions Get, List, Create, Import, to yourself',
        'Objects, Certificates, Generate/Import',
        `Generate: name ${certificate.name}, type self-signed, subject ${certificate.subject}, content type PKCS #12, key exportable`,
        `Or Import, of a PFX that you have: name ${certificate.name}, the file, and its password`,
        'Open the new version, Download in CER format',
        'Take your own right on the vault away again',
      ],
      az: [
        'me=$(az ad signed-in-user show --query id -o tsv)',
        ...(isRbac
          ? [
              `had=$(az role assignment list ${officer} --assignee "$me" ${scope} --query '[0].id' -o tsv)`,
              'if [ -z "$had" ]; then',
              `  az role assignment create ${officer} --assignee-object-id "$me" --assignee-principal-type User ${scope} >/dev/null`,
              `  takeBack() { az role assignment delete ${officer} --assignee "$me" ${scope}; }`,
              '  trap takeBack EXIT',
              'fi',
              '# A new role takes up to some minutes to work.',
              `for _ in $(seq 60); do az keyvault certificate list ${vaultName} >/dev/null 2>&1 && break; sleep 10; done`,
            ]
          : [
              `az keyvault set-policy ${az('--name', name)} --object-id "$me" --certificate-permissions get list create import >/dev/null`,
              `echo ${sh(`You may manage certificates in ${name} from now on. Take that away again where you need it no more.`)}`,
            ]),
        `az keyvault certificate show ${names} >/dev/null 2>&1 || az keyvault certificate create ${names} ${az('--policy', JSON.stringify(azPolicy(certificate.subject)))} >/dev/null`,
        `rm -f ${sh(pem)} && az keyvault certificate download ${names} --encoding PEM ${az('--file', pem)}`,
      ],
      powershell: [
        '$me = (Get-AzADUser -SignedIn).Id',
        ...(isRbac
          ? [
              `$had = Get-AzRoleAssignment -RoleDefinitionName ${ps(certificatesOfficer.name)} -ObjectId $me -Scope ${ps(id)}`,
              `if (-not $had) { New-AzRoleAssignment -RoleDefinitionName ${ps(certificatesOfficer.name)} -ObjectId $me -Scope ${ps(id)} | Out-Null }`,
            ]
          : [
              `Set-AzKeyVaultAccessPolicy -VaultName ${ps(name)} -ObjectId $me -PermissionsToCertificates get, list, create, import`,
            ]),
        'try {',
        '  # A new right takes up to some minutes to work.',
        `  foreach ($attempt in 1..60) { try { Get-AzKeyVaultCertificate -VaultName ${ps(name)} -ErrorAction Stop | Out-Null; break } catch { Start-Sleep 10 } }`,
        `  if (-not (Get-AzKeyVaultCertificate -VaultName ${ps(name)} -Name ${ps(certificate.name)})) {`,
        `    $policy = New-AzKeyVaultCertificatePolicy -SubjectName ${ps(certificate.subject)} -IssuerName Self -ValidityInMonths 12 -KeyType RSA -KeySize 2048 -SecretContentType application/x-pkcs12 -KeyUsage DigitalSignature, KeyEncipherment -Ekus 1.3.6.1.5.5.7.3.2`,
        `    Add-AzKeyVaultCertificate -VaultName ${ps(name)} -Name ${ps(certificate.name)} -CertificatePolicy $policy | Out-Null`,
        `    while ((Get-AzKeyVaultCertificateOperation -VaultName ${ps(name)} -Name ${ps(certificate.name)}).Status -eq 'inProgress') { Start-Sleep 5 }`,
        '  }',
        `  [IO.File]::WriteAllBytes((Join-Path $PWD ${ps(`${certificate.name}.cer`)}), (Get-AzKeyVaultCertificate -VaultName ${ps(name)} -Name ${ps(certificate.name)}).Certificate.RawData)`,
        '} finally {',
        isRbac
          ? `  if (-not $had) { Remove-AzRoleAssignment -RoleDefinitionName ${ps(certificatesOfficer.name)} -ObjectId $me -Scope ${ps(id)} }`
          : `  Write-Output ${ps(`You may manage certificates in ${name} from now on. Take that away again where you need it no more.`)}`,
        '}',
      ],
    },
  ];
}

/** The policy in the form that `az keyvault certificate create` takes: the vault's own, with other names. */
function azPolicy(subject: string) {
  const { issuer, key_props, secret_props, x509_props } = certificatePolicy(subject);
  return {
    issuerParameters: { name: issuer.name },
    keyProperties: {
      exportable: key_props.exportable,
      keyType: key_props.kty,
      keySize: key_props.key_size,
      reuseKey: key_props.reuse_key,
    },
    secretProperties: secret_props,
    x509CertificateProperties: {
      subject,
      ekus: x509_props.ekus,
      keyUsage: x509_props.key_usage,
      validityInMonths: x509_props.validity_months,
    },
  };
}
