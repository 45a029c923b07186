import { thread, troublesOf } from './trouble.ts';

const learn = 'https://learn.microsoft.com/azure';
const deployment = `${learn}/azure-resource-manager/troubleshooting`;

/** What Resource Manager answers. */
export const resourceManager = troublesOf('Resource Manager', `${deployment}/common-deployment-errors`, [
  {
    code: 'AuthorizationFailed',
    words: ['does not have authorization to perform action'],
    cause: 'Whoever is signed in may not do this at this place. A role given a moment ago takes some minutes.',
    cure: 'Ask an owner of the subscription or resource group for a role with the action that the message names.',
  },
  {
    code: 'LinkedAuthorizationFailed',
    cause: 'Whoever is signed in may write the resource, but not use another one that it refers to.',
    cure: 'Ask for the action that the message names on the resource that it names.',
  },
  {
    code: 'ExpiredAuthenticationToken',
    cause: 'The sign-in ended while the command ran, or the clock of the machine is wrong.',
    cure: 'Sign in again and run the same command: it goes on where it stopped.',
  },
  {
    code: 'InvalidAuthenticationToken',
    cause: 'The token is not one for this service, mostly because the cloud is another one.',
    cure: 'Check cloud in the spec, then sign in again.',
  },
  {
    code: 'InvalidAuthenticationTokenTenant',
    words: ['The access token is from the wrong issuer'],
    cause: 'The sign-in is of another tenant than that of the subscription.',
    cure: 'Name the tenant of the subscription with --tenant.',
  },
  {
    code: 'AuthenticationFailed',
    cause: 'The request has no token, or one that Resource Manager does not take.',
    cure: 'Sign in again: "az login".',
  },
  {
    code: 'SubscriptionNotFound',
    cause: 'There is no such subscription, or whoever is signed in cannot see it.',
    cure: 'Compare the subscription in the spec with "az account list", and name the tenant with --tenant.',
  },
  {
    code: 'InvalidSubscriptionId',
    cause: 'The subscription is no id: it is a name, or has characters too many.',
    cure: 'Write the id of the subscription (a GUID; "az account list").',
    source: `${deployment}/error-not-found`,
  },
  {
    code: 'ReadOnlyDisabledSubscription',
    cause: 'The subscription is disabled, mostly because of billing, and can only be read.',
    cure: 'Have the owner of the subscription enable it again.',
    source: `${learn}/cost-management-billing/manage/subscription-disabled`,
  },
  {
    code: 'MissingSubscriptionRegistration',
    words: ['The subscription is not registered to use namespace'],
    cause: 'The subscription has never used this kind of resource.',
    cure: 'Register it once: "az provider register --namespace Microsoft.Logic" (or Microsoft.Web, Microsoft.KeyVault, as the message says).',
  },
  {
    code: 'InvalidSubscriptionRegistrationState',
    cause: 'The subscription is not registered yet for this kind of resource.',
    cure: 'Wait until "az provider show --namespace Microsoft.Logic" says Registered, then run the same command again.',
  },
  {
    code: 'NoRegisteredProviderFound',
    cause: 'The subscription, region or API version does not offer this kind of resource.',
    cure: 'Choose another region as location; the message lists those that there are.',
  },
  {
    code: 'MissingRegistrationForLocation',
    cause: 'The subscription is not registered for this kind of resource in the region.',
    cure: 'Choose another region as location, or register the provider anew.',
  },
  {
    code: 'ResourceGroupNotFound',
    cause: 'The resource group is not there.',
    cure: 'Check the name; "certflow deploy" makes the group of the workflow, but not that of the vault.',
  },
  {
    code: 'ResourceGroupBeingDeleted',
    cause: 'The resource group is being deleted.',
    cure: 'Wait until it is gone, then run the same command again.',
  },
  {
    code: 'InvalidResourceGroupLocation',
    cause: 'The resource group is there already in another region.',
    cure: 'Leave the group where it is: resources in it may have another region.',
    source: `${learn}/azure-resource-manager/management/manage-resource-groups-cli`,
  },
  {
    code: 'ResourceNotFound',
    cause: 'The resource is not there: another name, group or subscription, or one that another resource refers to is missing.',
    cure: 'Compare the name with the portal; "certflow deploy" makes what it deploys.',
  },
  {
    code: 'ParentResourceNotFound',
    cause: 'The resource that holds this one is not there.',
    cure: 'Make it first, or add it to dependsOn where the same template makes it.',
  },
  {
    code: 'LocationNotAvailableForResourceType',
    cause: 'This kind of resource is not offered in the region.',
    cure: 'Choose another region as targets.consumption.location; the message lists those that there are.',
    source: `${deployment}/overview`,
  },
  {
    code: 'LocationRequired',
    cause: 'The resource has no region.',
    cure: 'Write its region as location, in the target of the spec.',
  },
  {
    code: 'InvalidResourceLocation',
    cause: 'The resource is there already in another region, and cannot move.',
    cure: 'Write the region where it is as targets.consumption.location, or choose another name.',
  },
  {
    code: 'RequestDisallowedByPolicy',
    words: ['was disallowed by policy'],
    cause: 'A policy of the organisation forbids the resource as it is.',
    cure: 'The message names the policy: change what it wants (often tags or region, targets.consumption.tags), or ask its owner for an exemption.',
  },
  {
    code: 'ScopeLocked',
    cause: 'A lock forbids changes here.',
    cure: 'Have an owner remove the lock (portal, Locks of the resource or its group), and set it again afterwards.',
    source: `${learn}/azure-resource-manager/management/lock-resources`,
  },
  {
    code: 'RoleAssignmentExists',
    words: ['The role assignment already exists'],
    cause: 'The identity has this role on the vault already, by an assignment of another name.',
    cure: 'Write assignVaultRole: false under targets.consumption; or delete the other assignment, so that the template can make its own.',
    source: thread('Azure/bicep', 18454),
  },
  {
    code: 'RoleAssignmentUpdateNotPermitted',
    words: ['Tenant ID, application ID, principal ID, and scope are not allowed to be updated'],
    cause: 'A role assignment of this name is there for an identity that was deleted or made anew.',
    cure: 'Delete the old assignment (portal, Access control of the vault, "Identity not found"), then run the same command again.',
    source: `${learn}/role-based-access-control/troubleshooting`,
  },
  {
    code: 'RoleAssignmentLimitExceeded',
    cause: 'The subscription has as many role assignments as it may.',
    cure: 'Remove those of identities that are gone.',
    source: `${learn}/role-based-access-control/troubleshoot-limits`,
  },
  {
    code: 'PrincipalNotFound',
    words: ['does not exist in the directory'],
    cause: 'The identity was made a moment ago, and is not known everywhere yet.',
    cure: 'Run the same command again in a minute: it goes on where it stopped.',
    source: `${learn}/role-based-access-control/troubleshooting`,
  },
  {
    code: 'InvalidTemplateDeployment',
    isOuter: true,
    cause: 'Azure has looked at the deployment before it began and refuses part of it; the details say what.',
    cure: 'Mend what the details name, then run the same command again.',
  },
  {
    code: 'InvalidTemplate',
    when: /deployment template/i,
    cause:
      'The ARM template around the workflow is refused, or a value for one of its parameters; the message says which and where.',
    cure: 'Mend the value that the message names, under targets in the spec (or in the template, where it was changed by hand), then run the same command again.',
    source: `${deployment}/error-invalid-template`,
  },
  {
    code: 'InvalidTemplateCircularDependency',
    words: ['Circular dependency detected'],
    cause: 'Resources of the template wait for each other.',
    cure: 'Remove one of the references or entries of dependsOn that the message names.',
  },
  {
    code: 'InvalidContentLink',
    cause: 'A nested template cannot be fetched from its address.',
    cure: 'Put the nested template into the template, or where Azure can reach it.',
  },
  {
    code: 'InvalidRequestContent',
    words: [
      'The request content was invalid and could not be deserialized',
      'The request content is not valid and could not be deserialized',
    ],
    cause: 'The request has a member that the service does not know, or lacks one; the message names it.',
    cure: 'Remove or rename the member; a parameter file gives each parameter as { "value": … }.',
  },
  {
    code: 'InvalidRequestFormat',
    cause: 'The request is not one that Resource Manager can read.',
    cure: 'Run the same command with --debug, and look at the request that is refused.',
  },
  {
    code: 'InvalidParameter',
    cause: 'A value is not one that the resource takes; the message names it.',
    cure: 'Mend the value in the spec or the parameter file.',
  },
  {
    code: 'InvalidResourceNamespace',
    cause: 'The provider of a resource is not one that there is.',
    cure: 'Compare type in the template, such as Microsoft.Logic/workflows.',
  },
  {
    code: 'InvalidResourceType',
    cause: 'The provider has no such kind of resource in this API version.',
    cure: 'Compare type and apiVersion in the template.',
  },
  {
    code: 'InvalidResourceReference',
    cause: 'A resource refers to one that is not there, or not yet.',
    cure: 'Add it to dependsOn, or correct its id.',
  },
  {
    code: 'LinkedInvalidPropertyId',
    cause: 'A member that has to be the id of a resource is none.',
    cure: 'Write the whole id: /subscriptions/…/resourceGroups/…/providers/….',
  },
  {
    code: 'MismatchingResourceSegments',
    cause: 'Name and type of a nested resource have different numbers of parts.',
    cure: 'Give the name one part less than the type.',
  },
  {
    code: 'DeploymentActive',
    words: ['Unable to edit or replace deployment'],
    cause: 'A deployment of the same name is under way.',
    cure: 'Wait until it has ended; "certflow deploy" follows it instead of starting another one.',
  },
  {
    code: 'DeploymentActiveAndUneditable',
    cause: 'A deployment of the same name is under way.',
    cure: 'Wait until it has ended, then run the same command again.',
  },
  {
    code: 'DeploymentFailed',
    isOuter: true,
    words: ['At least one resource deployment operation failed'],
    cause: 'One of the resources could not be made; the details say which.',
    cure: 'Explain the code within the details.',
  },
  {
    code: 'DeploymentFailedCleanUp',
    cause: 'A deployment in complete mode may not delete what the template does not have.',
    cure: 'Deploy in the mode Incremental, as certflow does.',
  },
  {
    code: 'DeploymentNameInvalidCharacters',
    cause: 'The name of the deployment has characters that it may not have.',
    cure: 'Use letters, digits, hyphen, dot and underscore only.',
  },
  {
    code: 'DeploymentNameLengthLimitExceeded',
    cause: 'The name of the deployment has more than 64 characters.',
    cure: 'Choose a shorter name.',
  },
  {
    code: 'DeploymentQuotaExceeded',
    cause: 'The history of the resource group has 800 deployments, and Azure could not clear old ones by itself.',
    cure: 'Delete old ones ("az deployment group delete"), or remove the lock that keeps Azure from doing it.',
  },
  { code: 'JobSizeExceeded', cause: 'The template with its values is too large.', cure: 'Deploy fewer workflows at once.' },
  {
    code: 'DeploymentJobSizeExceeded',
    cause: 'The template with its values is too large.',
    cure: 'Deploy fewer workflows at once.',
  },
  {
    code: 'AnotherOperationInProgress',
    cause: 'Something else changes the same resource.',
    cure: 'Wait until it has ended, then run the same command again.',
  },
  {
    code: 'Conflict',
    isOuter: true,
    cause: 'The resource is in a state in which this is not possible, or something else changes it.',
    cure: 'Wait a minute, then run the same command again; the message says what is in the way.',
  },
  {
    code: 'InternalServerError',
    isOuter: true,
    cause: 'The service has a fault for the moment.',
    cure: 'Run the same command again in some minutes.',
  },
  {
    code: 'OperationNotAllowed',
    cause: 'The plan of the resource or the quota of the subscription does not allow this; the message says which.',
    cure: 'Choose another sku or region, or ask for more quota.',
  },
  {
    code: 'ResourceQuotaExceeded',
    cause: 'The subscription or region has as many of these as it may.',
    cure: 'Delete what nobody needs, choose another region, or ask for more quota.',
  },
  {
    code: 'SubscriptionIsOverQuotaForSku',
    words: ['This region has quota of 0 instances for your subscription'],
    cause: 'The subscription may make no App Service plan of this sku in the region.',
    cure: 'Choose another region or sku, or ask for more quota.',
    source: `${deployment}/error-resource-quota`,
  },
  { code: 'SkuNotAvailable', cause: 'The sku is not offered in the region.', cure: 'Choose another sku or region.' },
  {
    code: 'RegionDoesNotAllowProvisioning',
    cause: 'The region takes no new resources of this kind from this subscription.',
    cure: 'Choose another region, or ask for access to it.',
  },
  {
    code: 'ReservedResourceName',
    cause: 'The name has a word that is reserved, such as a brand of Microsoft.',
    cure: 'Choose another name.',
  },
  {
    code: 'PropertyChangeNotAllowed',
    cause: 'A member of a resource that is there cannot be changed.',
    cure: 'Write the value that it has, or make the resource under another name.',
  },
  {
    code: 'TooManyRequests',
    isOuter: true,
    words: ['The request is being throttled as the limit has been reached'],
    cause: 'Resource Manager was asked too often.',
    cure: 'Wait as long as Retry-After says; certflow does so by itself.',
    source: `${learn}/azure-resource-manager/management/request-limits-and-throttling`,
  },
  {
    code: 'StorageAccountAlreadyTaken',
    cause: 'Names of storage accounts are shared by all of Azure, and this one is taken.',
    cure: 'Choose another name.',
  },
  {
    code: 'AccountNameInvalid',
    cause: 'The name is no name of a storage account: 3 to 24 small letters and digits.',
    cure: 'Choose another name.',
  },
]);
