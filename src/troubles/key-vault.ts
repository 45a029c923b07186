import { thread, troublesOf } from './trouble.ts';

const learn = 'https://learn.microsoft.com/azure/key-vault';
const giveRole = 'Give it "Key Vault Secrets User" on the vault, or in a vault with access policies the secret permission Get.';

/** What Key Vault answers, and its connector in Logic Apps and Power Automate. */
export const keyVault = troublesOf('Key Vault', `${learn}/general/rest-error-codes`, [
  {
    code: 'ForbiddenByRbac',
    words: ['Caller is not authorized to perform action on resource'],
    cause:
      'The identity has no role that lets it read secrets of the vault, or the role was given minutes ago and has not reached the vault. Reader and Certificates Officer are not enough.',
    cure: 'Give it "Key Vault Secrets User" on the vault ("certflow deploy" does, unless assignVaultRole is false), and wait up to ten minutes.',
    source: `${learn}/general/rbac-guide`,
  },
  {
    code: 'ForbiddenByPolicy',
    words: ['does not have secrets get permission on key vault', 'does not have secrets list permission on key vault'],
    cause:
      'The vault uses access policies, and none of them lets this identity get secrets. Permissions on certificates are not enough.',
    cure: 'Write vault: { access: policy } in the spec and deploy again; or add an access policy with the secret permission Get.',
    source: `${learn}/general/assign-access-policy`,
  },
  {
    code: 'ForbiddenByFirewall',
    words: ['Client address is not authorized', 'is not authorized and caller is not a trusted service'],
    cause: 'The firewall of the vault does not let this address in.',
    cure: 'Add the address, or for a Logic App the outbound addresses of its region and of the managed connectors, under Networking of the vault.',
  },
  {
    code: 'ForbiddenByConnection',
    words: ['Public network access is disabled'],
    cause: 'The vault takes requests only through a private endpoint.',
    cure: 'Call from a network that has the endpoint; a Logic App (Consumption) has none, so allow its addresses under Networking of the vault.',
    source: `${learn}/general/private-link-diagnostics`,
  },
  {
    code: 'AccessDenied',
    cause: 'The identity may not do this in the vault.',
    cure: giveRole,
  },
  {
    code: 'Forbidden',
    isOuter: true,
    words: ['client does not have permission to perform the operation on the key vault'],
    cause:
      'The connection of the Key Vault connector signs in as somebody who may not read secrets of the vault: the managed identity, the application or the person that made the connection.',
    cure: giveRole,
    source: thread('OfficeDev/microsoft-teams-apps-requestateam', 410),
  },
  {
    code: 'AKV10000',
    words: ['Request is missing a Bearer or PoP token'],
    cause: 'The request to the vault has no token.',
    cure: 'Have the action sign in: the managed identity of the workflow, for the audience https://vault.azure.net.',
  },
  {
    code: 'AKV10022',
    words: ['Error validating token: IDX10214'],
    cause: 'The token is for another API than the vault.',
    cure: 'Write https://vault.azure.net as audience (https://vault.usgovcloudapi.net or https://vault.azure.cn in other clouds), without a final slash; the address of the vault itself is none.',
  },
  {
    code: 'AKV10032',
    words: ['Invalid issuer. Expected one of'],
    cause: 'Whoever is signed in belongs to another tenant than the vault.',
    cure: 'Name the tenant of the vault: --tenant, or "az login --tenant <tenant>".',
  },
  {
    code: 'SecretNotFound',
    words: ['was not found in this key vault'],
    cause: 'The vault has no secret, and so no certificate, of this name, or the version is not there.',
    cure: 'Compare certificate.name in the spec with the certificates of the vault. A certificate is read as the secret of the same name.',
  },
  {
    code: 'CertificateNotFound',
    cause: 'The vault has no certificate of this name.',
    cure: 'Compare certificate.name in the spec with the certificates of the vault, or import it.',
  },
  {
    code: 'KeyNotFound',
    cause: 'The vault has no key of this name.',
    cure: 'Compare the name; a certificate for a sign-in is read as a secret, not as a key.',
  },
  {
    code: 'SecretDisabled',
    words: ['not allowed on a disabled secret'],
    cause: 'The version of the certificate that is asked for is disabled.',
    cure: 'Enable it in the portal, or pin another version in the spec.',
  },
  {
    code: 'ObjectIsDeletedButRecoverable',
    words: ['is currently in a deleted but recoverable state'],
    cause: 'A certificate of this name was deleted, and is kept for some time with its name taken.',
    cure: 'Recover it ("az keyvault certificate recover"), choose another name, or purge it if the vault allows that.',
    source: `${learn}/general/soft-delete-overview`,
  },
  {
    code: 'ObjectIsBeingDeleted',
    words: ['is currently being deleted and cannot be re-created'],
    cause: 'A certificate of this name is being deleted.',
    cure: 'Wait a minute, then run the same command again.',
    source: `${learn}/general/soft-delete-overview`,
  },
  {
    code: 'ObjectIsBeingRecovered',
    cause: 'A certificate of this name is being recovered.',
    cure: 'Wait a minute, then run the same command again.',
    source: `${learn}/general/soft-delete-overview`,
  },
  {
    code: 'ObjectMustNotBeDeletedToBePurged',
    cause: 'Only what was deleted before can be purged.',
    cure: 'Delete it first, or leave it where it is.',
    source: `${learn}/general/soft-delete-overview`,
  },
  {
    code: 'BadParameter',
    cause:
      'The vault cannot use a value that was sent: of an import, mostly a wrong password, a PFX without its key, or a kind of file that it does not read; of a request, a name with characters that it does not take.',
    cure: 'Look at the file with "certflow cert inspect <file>"; write it anew with "certflow cert convert <file> --encoding compat --out <folder>".',
    words: [
      'The specified PEM X.509 certificate content is in an unexpected format',
      'The specified PKCS#12 X.509 certificate content can not be read',
    ],
    source: thread('aspnet/MicrosoftConfigurationBuilders', 22),
  },
  {
    code: 'VaultAlreadyExists',
    words: ['is already in use. Vault names are globally unique'],
    cause: 'Names of vaults are shared by all of Azure, and this one is taken; a deleted vault keeps its name, too.',
    cure: 'Choose another name, or recover the deleted vault ("az keyvault recover").',
    source: `${learn}/general/soft-delete-overview`,
  },
  {
    code: 'VaultNameNotValid',
    cause: 'The name is no name of a vault: 3 to 24 letters, digits and hyphens, a letter first, no two hyphens together.',
    cure: 'Write another name as vault.name.',
    source: `${learn}/general/about-keys-secrets-certificates`,
  },
  {
    code: 'VaultNotFound',
    cause: 'The vault is not there.',
    cure: 'Compare vault.name, vault.resourceGroup and vault.subscription in the spec; "certflow setup <spec>" makes it.',
    source: `${learn}/general/common-error-codes`,
  },
  {
    code: 'SoftDeletedVaultDoesNotExist',
    cause: 'There is no deleted vault of this name in this place.',
    cure: 'Look for it with "az keyvault list-deleted".',
    source: `${learn}/general/key-vault-recovery`,
  },
  {
    code: 'Throttled',
    cause: 'The vault was asked too often.',
    cure: 'Wait ten seconds; of a workflow, read the secret once, before the loop.',
  },
]);
