import { thread, troublesOf } from './trouble.ts';

const compare =
  'Compare the permissions of the app registration with what the page of the request asks for, and grant admin consent; "certflow setup <spec>" does it for those that the spec names.';

/** What Microsoft Graph answers. */
export const graph = troublesOf('Microsoft Graph', 'https://learn.microsoft.com/graph/errors', [
  {
    code: 'Authorization_RequestDenied',
    words: ['Insufficient privileges to complete the operation'],
    cause:
      'The token has no permission that is enough for the request: none was given, nobody has consented, or the token is older than the consent.',
    cure: 'Name the permission in the spec, under appRegistration.permissions with api: graph (the page of the request in the Graph reference lists it), then run "certflow setup"; a token keeps its permissions for up to an hour.',
    source: thread('Azure/logicapps', 1489),
  },
  {
    code: 'accessDenied',
    cause:
      'The application or person has no permission for what was asked. With Sites.Selected, mostly the site itself was never granted.',
    cure: 'Compare the permissions of the app registration with what the request needs, and grant admin consent; grant a site with "certflow setup", where the spec names it under sites.',
  },
  {
    code: 'Either scp or roles claim need to be present in the token',
    words: ['Either scp or roles claim need to be present'],
    cause: 'The token has no permission of Graph at all; one of SharePoint stands in no token for Graph.',
    cure: 'Give the app registration an application permission of Graph with admin consent, then sign in anew.',
    source: thread('pnp/cli-microsoft365', 1738),
  },
  {
    code: 'ErrorAccessDenied',
    cause:
      'The application may not use this mailbox: the permission is missing, or an application access policy leaves the mailbox out.',
    cure: 'Grant the permission with admin consent, and ask an Exchange admin about application access policies.',
    source: 'https://learn.microsoft.com/graph/auth-limit-mailbox-access',
  },
  {
    code: 'Authorization_IdentityNotFound',
    words: ['The identity of the calling application could not be established'],
    cause: 'The application has no service principal in the tenant of the token, or no application permission at all.',
    cure: 'Make it ("az ad sp create --id <client id>"), give it a permission of Graph, and grant admin consent.',
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    code: 'InvalidAuthenticationToken',
    words: [
      'Access token validation failure',
      'CompactToken parsing failed',
      'Lifetime validation failed',
      'Access token is empty',
    ],
    cause: 'The token is not one for Graph, has ended, or is missing: mostly the audience is that of another API.',
    cure: 'Write https://graph.microsoft.com as audience of the request.',
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    code: 'Authentication_MissingOrMalformed',
    cause: 'The request has no token, or one that is none.',
    cure: 'Have the action sign in: authentication of type ActiveDirectoryOAuth with the audience https://graph.microsoft.com.',
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    code: 'Authentication_ExpiredToken',
    cause: 'The token has ended.',
    cure: 'Get a new one; an HTTP action with authentication does so by itself.',
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    code: 'unauthenticated',
    cause: 'The request has no token, or one that Graph does not take.',
    cure: 'Write https://graph.microsoft.com as audience of the request.',
  },
  {
    code: 'Request_ResourceNotFound',
    words: ['does not exist or one of its queried reference-property objects are not present'],
    cause: 'There is no such object in the tenant, or it is too new to be seen everywhere.',
    cure: 'Compare the id (the object id is not the client id); of a new object, wait a minute.',
  },
  {
    code: 'itemNotFound',
    cause: 'There is no such site, list or file; with Sites.Selected, a site that was not granted is told as this too.',
    cure: 'Compare the address; grant the site with "certflow setup", where the spec names it under sites.',
  },
  {
    code: 'ResourceNotFound',
    cause: 'There is no such object, or its address has a segment that Graph does not know.',
    cure: 'Compare the address of the request with its page.',
  },
  {
    code: 'Request_BadRequest',
    isOuter: true,
    cause: 'The request is not one that Graph can read; the message says what is wrong.',
    cure: 'Mend what the message names.',
  },
  {
    code: 'BadRequest',
    isOuter: true,
    cause: 'The request is not one that Graph can read; the message says what is wrong.',
    cure: 'Mend what the message names.',
  },
  {
    code: 'invalidRequest',
    cause: 'The request is not well formed, or has a value that does not fit.',
    cure: 'Compare address, query and body with the page of the request.',
  },
  {
    code: 'Request_UnsupportedQuery',
    cause: 'The query has a filter, order or expansion that this collection does not take.',
    cure: 'Add the header ConsistencyLevel: eventual and $count=true, or filter in the workflow.',
    source: 'https://learn.microsoft.com/graph/aad-advanced-queries',
  },
  {
    code: 'Directory_ObjectQuotaExceeded',
    cause: 'Whoever is signed in has made as many objects as the tenant allows.',
    cure: 'Delete app registrations that nobody needs (also from the deleted ones), or ask for a role that has no quota.',
    source: 'https://learn.microsoft.com/entra/identity/users/directory-service-limits-restrictions',
  },
  {
    code: 'Request_MultipleObjectsWithSameKeyValue',
    words: ['Another object with the same value for property'],
    cause: 'An object with this unique value is there already.',
    cure: 'Choose another value, or use the object that is there.',
  },
  {
    code: 'ObjectConflict',
    cause: 'An object with this unique value is there already.',
    cure: 'Choose another value, or use the object that is there.',
  },
  {
    code: 'nameAlreadyExists',
    cause: 'Something of this name is there already.',
    cure: 'Choose another name, or write over it with the conflict behaviour replace.',
  },
  {
    code: 'KeyCredentialsInvalidEndDate',
    words: ['Key credential end date is invalid'],
    cause: 'The entry of a certificate ends after the certificate.',
    cure: 'Take the dates of the certificate: "certflow cert rotate" does.',
    source: 'https://learn.microsoft.com/graph/api/resources/keycredential',
  },
  {
    code: 'KeyCredentialsInvalidStartDate',
    words: ['Key credential start date is invalid'],
    cause: 'The certificate begins later than now by the clock of Entra: the clock of the machine that made it is ahead.',
    cure: 'Set the clock, or try again when it has begun.',
    source: thread('Azure/azure-cli', 3163),
  },
  {
    code: 'activityLimitReached',
    cause: 'The application asks too often.',
    cure: 'Wait as long as Retry-After says; set a retry policy on the action.',
  },
  {
    code: 'TooManyRequests',
    isOuter: true,
    cause: 'The application asks too often.',
    cure: 'Wait as long as Retry-After says; set a retry policy on the action.',
    source: 'https://learn.microsoft.com/graph/throttling',
  },
  {
    code: 'ApplicationThrottled',
    cause: 'The application asks too often.',
    cure: 'Wait as long as Retry-After says; set a retry policy on the action.',
    source: 'https://learn.microsoft.com/graph/throttling',
  },
  {
    code: 'throttledRequest',
    cause: 'The application asks too often.',
    cure: 'Wait as long as Retry-After says; set a retry policy on the action.',
  },
  {
    code: 'serviceNotAvailable',
    cause: 'The service is not there for the moment.',
    cure: 'Try again later; set a retry policy on the action.',
  },
  {
    code: 'generalException',
    cause: 'The service has a fault that it does not name.',
    cure: 'Try again; ask Microsoft with the request-id where it stays.',
  },
  {
    code: 'UnknownError',
    cause: 'The service behind Graph gave no reason: often a permission that is missing, or a licence.',
    cure: compare,
  },
  { code: 'quotaLimitReached', cause: 'The place has no room left.', cure: 'Make room, or ask for more.' },
  {
    code: 'resourceModified',
    words: ['The resource has changed since the caller last read it'],
    cause: 'Somebody else changed the object in between.',
    cure: 'Read it again, then repeat the change.',
  },
  {
    code: 'notAllowed',
    cause: 'The service does not allow this here.',
    cure: 'Compare the request with its page: some take no application, only persons.',
  },
  {
    code: 'notSupported',
    cause: 'The service does not do this here.',
    cure: 'Compare the request with its page: some take no application, only persons.',
  },
  { code: 'accessRestricted', cause: 'Only the owner may reach this.', cure: 'Ask the owner to share it.' },
  {
    code: 'malwareDetected',
    cause: 'The file was found to be harmful, and is not given out.',
    cure: 'Ask the owner of the file.',
  },
  { code: 'resyncRequired', cause: 'The delta token is too old.', cure: 'Begin again without it.' },
  {
    code: 'extensionError',
    cause: 'The mailbox is not in Exchange Online, or an application access policy leaves it out.',
    cure: 'Ask an Exchange admin about the mailbox and its application access policies.',
  },
  {
    code: 'MailboxNotEnabledForRESTAPI',
    cause: 'The mailbox is not in Exchange Online, or has no licence.',
    cure: 'Compare the user with the licences in the admin center.',
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    code: 'invalidRange',
    cause: 'The range of bytes is not one of the file.',
    cure: 'Ask for the ranges that the upload session expects.',
  },
]);
