/** What the codes mean that Azure's services answer with when a sign-in, a vault, a deployment or an API refuses. Pure data. */

export interface ErrorCode {
  /** As it stands in the answer. Two services may share a code: they differ in capital letters, or in the words of the message. */
  readonly code: string;
  readonly service: 'Entra ID' | 'Key Vault' | 'Microsoft Graph' | 'SharePoint' | 'Resource Manager' | 'Logic Apps';
  /** What it usually comes from; a sentence. */
  readonly cause: string;
  /** What to do; a sentence in the imperative. */
  readonly cure: string;
  /** The same where whoever runs certflow was refused, and not a workflow; a sentence in the imperative. */
  readonly callerCure?: string;
  /** Words of the message: where a service hands on the message without the code, and where a code has several causes. */
  readonly words?: string;
}

/**
 * Sources: docs/facts/sign-in.md#codes-of-errors (threads where people met them) and Microsoft's pages "Microsoft Entra authentication and
 * authorization error codes", "Azure Key Vault REST API error codes", "Microsoft Graph error responses and resource types" and
 * "Troubleshoot common Azure deployment errors".
 */
export const errorCodes: readonly ErrorCode[] = [
  {
    code: 'AADSTS50034',
    service: 'Entra ID',
    cause: 'The account does not exist in the tenant that was asked.',
    cure: 'Name the tenant of the account (--tenant), or sign in with an account of this tenant.',
  },
  {
    code: 'AADSTS50076',
    service: 'Entra ID',
    cause: 'The tenant asks this person for a second factor, and the sign-in at hand cannot ask for it.',
    cure: 'Sign in again with "az login --tenant <tenant>" or --device-code.',
  },
  {
    code: 'AADSTS50079',
    service: 'Entra ID',
    cause: 'The tenant wants this person to register for multi-factor authentication first.',
    cure: 'Register in a browser at https://aka.ms/mfasetup, then sign in again.',
  },
  {
    code: 'AADSTS50105',
    service: 'Entra ID',
    cause: 'The enterprise application demands an assignment, and the account or group has none.',
    cure: 'Assign it: Entra admin center, Enterprise applications, the application, Users and groups.',
  },
  {
    code: 'AADSTS500011',
    service: 'Entra ID',
    cause:
      'The audience names no API of this tenant: a SharePoint site instead of the root, the scheme written twice, or an API without a service principal here.',
    cure: 'Write the identifier of the API as audience: https://<tenant>.sharepoint.com for SharePoint, without site and final slash; else the application id URI.',
  },
  {
    code: 'AADSTS50057',
    service: 'Entra ID',
    cause: 'The account that signs in is disabled.',
    cure: 'Have the tenant admin enable it, or sign in with another account.',
  },
  {
    code: 'AADSTS50173',
    service: 'Entra ID',
    cause: 'The saved sign-in has been revoked, mostly because the password was changed.',
    cure: 'Sign in again: "az logout", then "az login".',
  },
  {
    code: 'AADSTS53003',
    service: 'Entra ID',
    cause: 'A Conditional Access policy forbids this sign-in, from this place or with this device.',
    cure: 'Ask the tenant admin which policy it is (the sign-in log names it), or sign in from where it is allowed.',
  },
  {
    code: 'AADSTS65001',
    service: 'Entra ID',
    cause: 'Nobody has consented to the permissions that the application asks for.',
    cure: 'Have the tenant admin grant admin consent: Entra admin center, App registrations, the registration, API permissions.',
  },
  {
    code: 'AADSTS70001',
    service: 'Entra ID',
    cause: 'The application is disabled, or is not in this tenant.',
    cure: 'Compare tenant id and client id with the Overview page of the app registration.',
  },
  {
    code: 'AADSTS70011',
    service: 'Entra ID',
    cause: 'The scope is not one that Entra knows: an application asks for <audience>/.default, one API at a time.',
    cure: 'Write the identifier of one API as audience, not a list of scopes.',
  },
  {
    code: 'AADSTS700016',
    service: 'Entra ID',
    cause:
      'There is no application with this client id in the tenant: a wrong client id, the wrong tenant, or a deleted registration.',
    cure: 'Compare tenant id and client id with the Overview page of the app registration.',
  },
  {
    code: 'AADSTS700024',
    service: 'Entra ID',
    cause: 'The client assertion is out of its time: the clock of the machine is wrong, or the assertion was kept too long.',
    cure: 'Set the clock of the machine, then try again.',
  },
  {
    code: 'AADSTS700027',
    service: 'Entra ID',
    cause:
      'The certificate that signed is not one of the app registration: another certificate was uploaded, another app registration is named, or the vault has a newer version.',
    cure: 'Run "certflow cert rotate": it puts the certificate of the vault onto the app registration. Where the certificate is a file, compare its thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration.',
    callerCure:
      'Compare the thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration, and upload the .cer that is missing there.',
  },
  {
    code: 'AADSTS700027',
    service: 'Entra ID',
    words: 'The key used is expired',
    cause: 'The certificate that signed has ended.',
    cure: 'Run "certflow cert rotate": it makes a new certificate, and puts it onto the app registration and into the vault.',
    callerCure:
      'Make a new certificate ("certflow cert create --subject CN=<name>"), upload its .cer to Certificates & secrets of the app registration, and sign in with that.',
  },
  {
    code: 'AADSTS700027',
    service: 'Entra ID',
    words: 'The key used is not yet valid',
    cause: 'The certificate that signed is not valid yet: it begins later, or the clock of whoever made it is wrong.',
    cure: 'Wait until it begins; "certflow cert inspect <file>" and the vault show when.',
  },
  {
    code: 'AADSTS7000112',
    service: 'Entra ID',
    cause: 'The application is disabled in this tenant.',
    cure: 'Enable it: Entra admin center, Enterprise applications, the application, Properties, "Enabled for users to sign-in".',
  },
  {
    code: 'AADSTS7000215',
    service: 'Entra ID',
    cause: 'The client secret is wrong: mostly its id was copied instead of its value, or it has ended.',
    cure: 'Use a certificate; or copy the value of a new secret, which is shown once, when it is made.',
  },
  {
    code: 'AADSTS7000222',
    service: 'Entra ID',
    cause: 'The client secret or certificate of the app registration has ended.',
    cure: 'Run "certflow cert rotate": it puts a new certificate onto the app registration and into the vault.',
    callerCure: 'Add a new certificate to the app registration, and sign in with that.',
  },
  {
    code: 'AADSTS7000229',
    service: 'Entra ID',
    cause: 'The app registration has no service principal in this tenant.',
    cure: 'Make one: "az ad sp create --id <client id>", signed in to this tenant.',
  },
  {
    code: 'AADSTS90002',
    service: 'Entra ID',
    cause: 'There is no such tenant: a typing mistake, a domain that is not verified, or a tenant of another cloud.',
    cure: 'Write the tenant id (a GUID; Entra admin center, Overview), and check that the cloud is the right one.',
  },
  {
    code: 'AADSTS900023',
    service: 'Entra ID',
    cause: 'What stands as tenant is neither an id nor a domain name.',
    cure: 'Write the tenant id (a GUID; Entra admin center, Overview).',
  },
  {
    code: 'AADSTS900382',
    service: 'Entra ID',
    cause: 'The sign-in went to another cloud than that of the application.',
    cure: 'Set cloud in the spec to the cloud of the tenant: public, usGovernment or china.',
  },
  {
    code: 'AADSTS90013',
    service: 'Entra ID',
    cause:
      'The request has a value that Entra cannot read, mostly a client id or tenant with characters that do not belong there.',
    cure: 'Paste tenant id and client id anew from the Overview page of the app registration.',
  },
  {
    code: 'AADSTS9002313',
    service: 'Entra ID',
    cause:
      'The sign-in request is not well formed; with application sign-in, mostly an audience that is no identifier of an API.',
    cure: 'Check audience, tenant and client id of the request.',
  },
  {
    code: 'CredentialInvalidLifetimeAsPerAppPolicy',
    service: 'Entra ID',
    cause: 'The tenant limits how long a certificate or secret of an app registration may last, and this one lasts longer.',
    cure: 'Make a certificate with fewer days: "certflow cert create --subject CN=<name> --days 180".',
  },
  {
    code: 'ForbiddenByRbac',
    service: 'Key Vault',
    words: 'Caller is not authorized to perform action on resource',
    cause:
      'The identity has no role that lets it read secrets of the vault, or the role was given minutes ago and has not reached the vault. Reader and Certificates Officer are not enough.',
    cure: 'Give it "Key Vault Secrets User" on the vault ("certflow deploy" does, unless assignVaultRole is false), and wait up to ten minutes.',
  },
  {
    code: 'ForbiddenByPolicy',
    service: 'Key Vault',
    words: 'does not have secrets get permission on key vault',
    cause:
      'The vault uses access policies, and none of them lets this identity get secrets. Permissions on certificates are not enough.',
    cure: 'Write vault: { access: policy } in the spec and deploy again; or add an access policy with the secret permission Get.',
  },
  {
    code: 'ForbiddenByFirewall',
    service: 'Key Vault',
    words: 'Client address is not authorized',
    cause: 'The firewall of the vault does not let this address in.',
    cure: 'Add the address, or for a Logic App the outbound addresses of its region and of the managed connectors, under Networking of the vault.',
  },
  {
    code: 'ForbiddenByConnection',
    service: 'Key Vault',
    words: 'Public network access is disabled',
    cause: 'The vault takes requests only through a private endpoint.',
    cure: 'Call from a network that has the endpoint; a Logic App (Consumption) has none, so allow its addresses under Networking of the vault.',
  },
  {
    code: 'AccessDenied',
    service: 'Key Vault',
    cause: 'The identity may not do this in the vault.',
    cure: 'Give it "Key Vault Secrets User" on the vault, or in a vault with access policies the secret permission Get.',
  },
  {
    code: 'accessDenied',
    service: 'Microsoft Graph',
    cause:
      'The application or person has no permission for what was asked. With Sites.Selected, mostly the site itself was never granted.',
    cure: 'Compare the permissions of the app registration with what the request needs, and grant admin consent; grant a site with "certflow setup", where the spec names it under sites.',
  },
  {
    code: 'Authorization_RequestDenied',
    service: 'Microsoft Graph',
    cause:
      'The application or person has not the permission on Microsoft Graph that the request takes, or nobody has consented to it.',
    cure: 'Name the permission in the spec, under appRegistration.permissions with api: graph (the page of the request in the Graph reference lists it), then run "certflow setup"; a token keeps its permissions for up to an hour.',
  },
  {
    code: 'SecretNotFound',
    service: 'Key Vault',
    cause: 'The vault has no secret, and so no certificate, of this name, or the version is not there.',
    cure: 'Compare certificate.name in the spec with the certificates of the vault. A certificate is read as the secret of the same name.',
  },
  {
    code: 'CertificateNotFound',
    service: 'Key Vault',
    cause: 'The vault has no certificate of this name.',
    cure: 'Compare certificate.name in the spec with the certificates of the vault, or import it.',
  },
  {
    code: 'SecretDisabled',
    service: 'Key Vault',
    words: 'not allowed on a disabled secret',
    cause: 'The version of the certificate that is asked for is disabled.',
    cure: 'Enable it in the portal, or pin another version in the spec.',
  },
  {
    code: 'ObjectIsDeletedButRecoverable',
    service: 'Key Vault',
    cause: 'A certificate of this name was deleted, and is kept for some time with its name taken.',
    cure: 'Recover it ("az keyvault certificate recover"), choose another name, or purge it if the vault allows that.',
  },
  {
    code: 'VaultAlreadyExists',
    service: 'Key Vault',
    cause: 'Names of vaults are shared by all of Azure, and this one is taken; a deleted vault keeps its name, too.',
    cure: 'Choose another name, or recover the deleted vault ("az keyvault recover").',
  },
  {
    code: 'Unsupported app only token',
    service: 'SharePoint',
    cause: 'SharePoint takes an application that signs in with a client secret for nobody; only a certificate will do.',
    cure: 'Sign in with a certificate, as the workflows of certflow do.',
  },
  {
    code: 'System.UnauthorizedAccessException',
    service: 'SharePoint',
    words: 'Access denied. You do not have permission to perform this action or access this resource',
    cause:
      'The application has no permission on SharePoint that reaches this site: one on Microsoft Graph does not count here, and Sites.Selected opens no site by itself.',
    cure: 'Name the permission in the spec, under appRegistration.permissions with api: sharepoint, and for Sites.Selected the site with its role; then run "certflow setup".',
  },
  {
    code: 'AuthorizationFailed',
    service: 'Resource Manager',
    cause: 'Whoever is signed in may not do this at this place. A role given a moment ago takes some minutes.',
    cure: 'Ask an owner of the subscription or resource group for a role with the action that the message names.',
  },
  {
    code: 'LinkedAuthorizationFailed',
    service: 'Resource Manager',
    cause: 'Whoever is signed in may write the resource, but not use another one that it refers to.',
    cure: 'Ask for the action that the message names on the resource that it names.',
  },
  {
    code: 'ExpiredAuthenticationToken',
    service: 'Resource Manager',
    cause: 'The sign-in ended while the command ran, or the clock of the machine is wrong.',
    cure: 'Sign in again and run the same command: it goes on where it stopped.',
  },
  {
    code: 'InvalidAuthenticationToken',
    service: 'Resource Manager',
    cause: 'The token is not one for this service, mostly because the cloud is another one.',
    cure: 'Check cloud in the spec, then sign in again.',
  },
  {
    code: 'InvalidAuthenticationTokenTenant',
    service: 'Resource Manager',
    cause: 'The sign-in is of another tenant than that of the subscription.',
    cure: 'Name the tenant of the subscription with --tenant.',
  },
  {
    code: 'SubscriptionNotFound',
    service: 'Resource Manager',
    cause: 'There is no such subscription, or whoever is signed in cannot see it.',
    cure: 'Compare the subscription in the spec with "az account list", and name the tenant with --tenant.',
  },
  {
    code: 'InvalidSubscriptionId',
    service: 'Resource Manager',
    cause: 'What stands as subscription is no id of one.',
    cure: 'Write the id of the subscription, a GUID: "az account list" shows it.',
  },
  {
    code: 'ReadOnlyDisabledSubscription',
    service: 'Resource Manager',
    cause: 'The subscription is disabled, mostly because of billing, and can only be read.',
    cure: 'Have the owner of the subscription enable it again.',
  },
  {
    code: 'MissingSubscriptionRegistration',
    service: 'Resource Manager',
    cause: 'The subscription has never used this kind of resource.',
    cure: 'Register it once: "az provider register --namespace Microsoft.Logic" (or Microsoft.Web, Microsoft.KeyVault, as the message says).',
  },
  {
    code: 'ResourceGroupNotFound',
    service: 'Resource Manager',
    cause: 'The resource group is not there.',
    cure: 'Check the name; "certflow deploy" makes the group of the workflow, but not that of the vault.',
  },
  {
    code: 'ResourceNotFound',
    service: 'Resource Manager',
    cause: 'The resource is not there: it was not deployed, was deleted, or is in another resource group or subscription.',
    cure: 'Compare the name with the portal; "certflow deploy" makes what it deploys.',
  },
  {
    code: 'ResourceGroupBeingDeleted',
    service: 'Resource Manager',
    cause: 'The resource group is being deleted.',
    cure: 'Wait until it is gone, then run the same command again.',
  },
  {
    code: 'LocationNotAvailableForResourceType',
    service: 'Resource Manager',
    cause: 'This kind of resource is not offered in the region.',
    cure: 'Choose another region as targets.consumption.location; the message lists those that there are.',
  },
  {
    code: 'InvalidResourceLocation',
    service: 'Resource Manager',
    cause: 'The resource is there already in another region, and cannot move.',
    cure: 'Write the region where it is as targets.consumption.location, or choose another name.',
  },
  {
    code: 'RequestDisallowedByPolicy',
    service: 'Resource Manager',
    cause: 'A policy of the organisation forbids the resource as it is.',
    cure: 'The message names the policy: change what it wants (often tags or region, targets.consumption.tags), or ask its owner for an exemption.',
  },
  {
    code: 'ScopeLocked',
    service: 'Resource Manager',
    cause: 'A lock forbids changes here.',
    cure: 'Have an owner remove the lock (portal, Locks of the resource or its group), and set it again afterwards.',
  },
  {
    code: 'RoleAssignmentExists',
    service: 'Resource Manager',
    cause: 'The identity has this role on the vault already, by an assignment of another name.',
    cure: 'Write assignVaultRole: false under targets.consumption; or delete the other assignment, so that the template can make its own.',
  },
  {
    code: 'PrincipalNotFound',
    service: 'Resource Manager',
    cause: 'The identity was made a moment ago, and is not known everywhere yet.',
    cure: 'Run the same command again in a minute: it goes on where it stopped.',
  },
  {
    code: 'InvalidTemplate',
    service: 'Logic Apps',
    cause: 'The definition is one that the service refuses; the message says where.',
    cure: 'Run "certflow check" on the definition; mend the request or action that the message names in the spec.',
  },
  {
    code: 'InvalidTemplate',
    service: 'Resource Manager',
    words: 'Deployment template',
    cause:
      'The ARM template around the workflow is refused, or a value for one of its parameters; the message says which and where.',
    cure: 'Mend the value that the message names, under targets in the spec (or in the template, where it was changed by hand), then run the same command again.',
  },
  {
    code: 'InvalidTemplateDeployment',
    service: 'Resource Manager',
    cause: 'Azure has looked at the deployment before it began and refuses part of it; the details say what.',
    cure: 'Mend what the details name, then run the same command again.',
  },
  {
    code: 'DeploymentActive',
    service: 'Resource Manager',
    cause: 'A deployment of the same name is under way.',
    cure: 'Wait until it has ended; "certflow deploy" follows it instead of starting another one.',
  },
  {
    code: 'DeploymentQuotaExceeded',
    service: 'Resource Manager',
    cause: 'The history of the resource group has 800 deployments, and Azure could not clear old ones by itself.',
    cure: 'Delete old ones ("az deployment group delete"), or remove the lock that keeps Azure from doing it.',
  },
  {
    code: 'ManagedApiConnectionNotFound',
    service: 'Logic Apps',
    cause: 'The workflow names a connection that is not there.',
    cure: 'Deploy again: the template makes the Key Vault connection. Connections of further actions have to exist first.',
  },
  {
    code: 'WorkflowTriggerIsNotEnabled',
    service: 'Logic Apps',
    cause: 'The workflow is disabled, so its trigger cannot be started.',
    cure: 'Enable it: deploy again, or use the portal.',
  },
  {
    code: 'ConnectionAuthorizationFailed',
    service: 'Logic Apps',
    cause: 'The workflow may not use the connection.',
    cure: 'Deploy again: the workflow needs its managed identity, and the connection the access to the vault.',
  },
  {
    code: 'ActionFailed',
    service: 'Logic Apps',
    cause: 'An action of the run failed.',
    cure: 'Look at the first failed action: "certflow runs show" lists them with their own errors.',
  },
];

/** Every entry of a code, whatever its case; none where the table does not have it. */
export function errorCodesNamed(code: string): readonly ErrorCode[] {
  return errorCodes.filter((entry) => entry.code.toLowerCase() === code.toLowerCase());
}

/**
 * The entry of a code as it stands in an answer. Its case counts only where services share the code; where it has several causes, the
 * words of the message tell which.
 */
export function errorCode(code: string, message = ''): ErrorCode | undefined {
  const named = errorCodesNamed(code);
  const entries = isShared(code) ? named.filter((entry) => entry.code === code) : named;
  return (
    entries.find(({ words }) => words !== undefined && message.includes(words)) ??
    entries.find(({ words }) => words === undefined) ??
    entries[0]
  );
}

/** Whether services write it in different capital letters, and mean different things. */
function isShared(code: string): boolean {
  return new Set(errorCodesNamed(code).map((entry) => entry.code)).size > 1;
}

/** The first of these codes that a text mentions, or whose words it has; an AADSTS code before any other. */
export function errorCodeIn(text: string): ErrorCode | undefined {
  const entra = /\bAADSTS\d+\b/i.exec(text)?.[0];
  if (entra !== undefined) return errorCode(entra, text);
  const found = errorCodes.find(
    ({ code, words }) =>
      new RegExp(`\\b${code.replaceAll('.', '\\.')}\\b`, isShared(code) ? '' : 'i').test(text) ||
      (words !== undefined && text.includes(words)),
  );
  return found && errorCode(found.code, text);
}
