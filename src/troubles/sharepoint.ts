import { thread, troublesOf } from './trouble.ts';

/** What SharePoint's own API (`/_api`) answers. */
export const sharepoint = troublesOf(
  'SharePoint',
  'https://learn.microsoft.com/sharepoint/dev/solution-guidance/security-apponly-azuread',
  [
    {
      code: 'Unsupported app only token',
      cause: 'SharePoint takes an application that signs in with a client secret for nobody; only a certificate will do.',
      cure: 'Sign in with a certificate, as the workflows of certflow do.',
      source: thread('SharePoint/sp-dev-docs', 8713),
    },
    {
      code: 'accessDenied',
      words: ['Access denied. You do not have permission to perform this action or access this resource'],
      cause:
        'The token is good, and has no right here: a permission of Graph was given instead of one of SharePoint, nobody has consented, or with Sites.Selected this site was never granted.',
      cure: 'Name the permission in the spec, under appRegistration.permissions with api: sharepoint, and for Sites.Selected the site with its role; then run "certflow setup".',
      source: thread('SharePoint/sp-dev-docs', 8746),
    },
    {
      code: '-2147024891',
      cause: 'The token is good, and has no right here (System.UnauthorizedAccessException).',
      cure: 'Give the app registration an application permission of SharePoint (not of Graph) with admin consent, and grant the site: "certflow setup <spec>" does both for what the spec names.',
      source: thread('SharePoint/sp-dev-docs', 8858),
    },
    {
      code: 'invalid_client',
      words: ['Invalid issuer or signature', 'error_description="Invalid audience'],
      cause:
        'The token is not one for this tenant of SharePoint: the audience is another host or has a path, or the tenant is another one.',
      cure: 'Write https://<tenant>.sharepoint.com as audience, without site and final slash, and the tenant of that host as tenant.',
      source: thread('SharePoint/sp-dev-docs', 5889),
    },
    {
      code: '3000006',
      words: ['Token contains invalid signature'],
      cause:
        'SharePoint does not take the signature of the token: it was issued for another API, mostly Graph, or signed by hand.',
      cure: 'Write https://<tenant>.sharepoint.com as audience, and hand the token on as it was issued.',
      source: thread('SharePoint/sp-dev-docs', 7152),
    },
    {
      code: 'category="invalid_client"',
      words: ['category="invalid_client"'],
      cause: 'SharePoint does not take the token of the request; the words after reason= say why.',
      cure: 'Write https://<tenant>.sharepoint.com as audience, without site and final slash, and sign in with a certificate.',
      source: thread('SharePoint/sp-dev-docs', 7152),
    },
    {
      code: 'ID3035',
      words: ['ID3035: The request was not valid or is malformed'],
      cause: 'What stands in the Authorization header is no token that SharePoint can read.',
      cure: 'Have the action sign in by itself (authentication), or write Bearer, a blank and the whole access token.',
      source: thread('pnp/pnpcore', 1134),
    },
    {
      code: 'Unsupported security token',
      words: ['Unsupported security token'],
      cause: 'SharePoint does not take tokens of this kind here: mostly that of an add-in with its secret, or a wrong address.',
      cure: 'Sign in through Entra ID with a certificate, and compare the address: the site, then /_api.',
      source: thread('pnp/pnpjs', 2623),
    },
    {
      code: 'Token type is not allowed',
      cause: 'The token was issued by Azure ACS or for an add-in, which SharePoint Online has not taken since 2 April 2026.',
      cure: 'Sign in through Entra ID with a certificate; "certflow check <file>" names the requests that have to change.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/retirement-announcement-for-azure-acs',
    },
    {
      code: 'ACS50012',
      cause: 'Azure ACS, which ended for SharePoint Online on 2 April 2026, refuses the secret.',
      cure: 'Sign in through Entra ID with a certificate; "certflow check <file>" names the requests that have to change.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/retirement-announcement-for-azure-acs',
    },
    {
      code: 'The security validation for this page is invalid',
      cause: 'A writing request signs in by a cookie or a person without a form digest.',
      cure: 'Sign in with a token: then no X-RequestDigest is needed.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/complete-basic-operations-using-sharepoint-rest-endpoints',
    },
    {
      code: 'Microsoft.SharePoint.Client.InvalidClientQueryException',
      words: ['InvalidClientQueryException'],
      cause:
        'The address or the body is not one that SharePoint can read: mostly a misspelt member, or odata=verbose in one of accept and content-type alone.',
      cure: 'Write application/json;odata=nometadata as accept and content-type, and leave __metadata out.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/get-to-know-the-sharepoint-rest-service',
    },
    {
      code: 'Microsoft.SharePoint.Client.ResourceNotFoundException',
      words: ['Cannot find resource for the request', '-2147024894, System.IO.FileNotFoundException'],
      cause: 'There is no such site, list or method at this address.',
      cure: 'Compare the address: the site, then /_api/web and the rest.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/determine-sharepoint-rest-service-endpoint-uris',
    },
    {
      code: 'List does not exist',
      words: ['does not exist at site with URL', 'List does not exist'],
      cause: 'The site has no list of this title; titles are those that people see, in the language of the site.',
      cure: "Take the list by its id (getbyid('<id>')) or by its address (GetList('/sites/<site>/Lists/<list>')).",
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/working-with-lists-and-list-items-with-rest',
    },
    {
      code: 'SPQueryThrottledException',
      words: ['The attempted operation is prohibited because it exceeds the list view threshold'],
      cause: 'The query goes through more than 5,000 entries by a column without an index.',
      cure: 'Filter by an indexed column, or take pages: $top and $skiptoken.',
      source: 'https://learn.microsoft.com/microsoft-365/community/large-lists-large-libraries-in-sharepoint',
    },
    {
      code: 'The request has been throttled',
      words: ['429 TOO MANY REQUESTS', 'The request has been throttled'],
      cause: 'SharePoint was asked too often.',
      cure: 'Wait as long as Retry-After says; set a retry policy on the action.',
      source:
        'https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online',
    },
    {
      code: '-2130575338',
      cause: 'The item is not there.',
      cure: 'Compare its id.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/working-with-lists-and-list-items-with-rest',
    },
    {
      code: '-2130575305',
      words: ['Save Conflict. Your changes conflict with those made concurrently by another user'],
      cause: 'Somebody else changed the item in between.',
      cure: 'Read it again, then repeat the change; IF-MATCH: * writes over it.',
      source: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/working-with-lists-and-list-items-with-rest',
    },
  ],
);
