import { thread, troublesOf } from './trouble.ts';

const learn = 'https://learn.microsoft.com/entra';
const federation = `${learn}/workload-id/workload-identity-federation-considerations`;
const idsFromOverview = 'Compare tenant id and client id with the Overview page of the app registration.';
const tenantId = 'Write the tenant id (a GUID; Entra admin center, Overview).';

/** What Entra ID answers when an application signs in: with a certificate, a secret, or the token of another identity. */
export const entraApp = troublesOf('Entra ID', `${learn}/identity-platform/reference-error-codes`, [
  // The certificate, and what it signs.
  {
    code: 'AADSTS700027',
    when: /thumbprint of key used by client: '[\da-f]{64}'/i,
    cause: 'The assertion was made by hand, and names the certificate by 64 hex digits, which is a SHA-256 thumbprint.',
    cure: 'Write x5t as the base64url of the 20 bytes of the SHA-1 digest (not of its hex text), or the SHA-256 digest as x5t#S256; "certflow cert inspect <file>" prints both.',
    source: thread('AzureAD/azure-activedirectory-library-for-dotnet', 309),
  },
  {
    code: 'AADSTS700027',
    when: /\bexpired\b/i,
    cause: 'The certificate that signed has ended.',
    cure: 'Run "certflow cert rotate": it makes a new certificate, and puts it onto the app registration and into the vault.',
    callerCure:
      'Make a new certificate ("certflow cert create --subject CN=<name>"), upload its .cer to Certificates & secrets of the app registration, and sign in with that.',
  },
  {
    code: 'AADSTS700027',
    when: /not yet valid/i,
    cause: 'The certificate that signed is not valid yet: it begins later, or the clock of whoever made it is wrong.',
    cure: 'Wait until it begins; "certflow cert inspect <file>" and the vault show when.',
  },
  {
    code: 'AADSTS700027',
    when: /key was not found/i,
    cause:
      'The certificate that signed is not one of the app registration: another certificate was uploaded, another app registration is named, the vault has a newer version, or an assertion made by hand names it wrongly (x5t is the base64url of the SHA-1 digest, 20 bytes, not of its hex text and not of SHA-256).',
    cure: 'Run "certflow cert rotate": it puts the certificate of the vault onto the app registration. Where the certificate is a file, compare its thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration.',
    callerCure:
      'Compare the thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration, and upload the .cer that is missing there.',
    source: 'https://learn.microsoft.com/answers/questions/2262614',
  },
  {
    code: 'AADSTS700027',
    cause:
      'The certificate that signed is not one of the app registration, or has ended: another certificate was uploaded, another app registration is named, the vault has a newer version, or an assertion made by hand names it wrongly (x5t is the base64url of the SHA-1 digest, 20 bytes, not of its hex text and not of SHA-256).',
    cure: 'Run "certflow cert rotate": it puts the certificate of the vault onto the app registration. Where the certificate is a file, compare its thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration.',
    callerCure:
      'Compare the thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration, and upload the .cer that is missing there.',
    words: ['Client assertion contains an invalid signature', 'Client assertion failed signature validation'],
    source: 'https://learn.microsoft.com/answers/questions/5829166',
  },
  {
    code: 'AADSTS7000274',
    cause: 'The certificate that signed is not valid at this time: it has ended, or begins later.',
    cure: 'Look at its dates with "certflow cert inspect <file>"; make a new one with "certflow cert rotate".',
    source:
      'https://github.com/AzureAD/microsoft-identity-web/blob/master/src/Microsoft.Identity.Web.TokenAcquisition/Constants.cs',
  },
  {
    code: 'AADSTS1000502',
    cause: 'The certificate that signed is outside of its dates: it has ended, or begins later.',
    cure: 'Look at its dates with "certflow cert inspect <file>"; make a new one with "certflow cert rotate".',
    source:
      'https://github.com/AzureAD/microsoft-identity-web/blob/master/src/Microsoft.Identity.Web.TokenAcquisition/Constants.cs',
  },
  {
    code: 'AADSTS7000213',
    words: ['Invalid certificate chain'],
    cause:
      'The client sends the chain of its certificate (x5c), and the app registration trusts a subject name and issuer: a chain that Entra does not know, such as that of a self-signed certificate, is refused.',
    cure: 'Upload the .cer to Certificates & secrets of the app registration, and have the client send no chain.',
    source: thread('AzureAD/microsoft-authentication-library-for-dotnet', 3909),
  },
  {
    code: 'AADSTS7000214',
    words: ['Certificate has been revoked'],
    cause: 'The authority that issued the certificate has revoked it.',
    cure: 'Make or order a new certificate, then "certflow cert rotate".',
    source: `${learn}/identity/authentication/certificate-based-authentication-certificate-revocation-list`,
  },
  {
    code: 'AADSTS700030',
    cause: 'The app registration trusts certificates by their subject name, and that of this certificate is another one.',
    cure: 'Have a certificate issued for the subject that is trusted, or upload the .cer of this one to the app registration.',
  },
  {
    code: 'AADSTS700024',
    words: ['Client assertion is not within its valid time range'],
    cause: 'The client assertion is out of its time: the clock of the machine is wrong, or the assertion was kept too long.',
    cure: 'Set the clock of the machine, then try again; an assertion lives some minutes only, and is made anew for each token.',
  },
  {
    code: 'AADSTS700021',
    words: ["Client assertion application identifier doesn't match 'client_id' parameter"],
    cause: 'An assertion made by hand names another application as iss and sub than the request has as client_id.',
    cure: 'Write the client id of the app registration into all three.',
    source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  },
  {
    code: 'AADSTS50048',
    words: ['Subject mismatches Issuer claim in the client assertion'],
    cause: 'An assertion made by hand has different values as sub and iss.',
    cure: 'Write the client id of the app registration into both.',
  },
  {
    code: 'AADSTS50027',
    words: ['Invalid JWT token'],
    cause:
      'The token or assertion that was sent is no well-formed one: a part is missing, its audience or issuer is another one, it is out of its time, or it is not base64url.',
    cure: 'Let a library (MSAL, Azure.Identity) or the HTTP action make the assertion; by hand, compare it with the page "Microsoft identity platform application authentication certificate credentials".',
    source: thread('AzureAD/microsoft-authentication-library-for-dotnet', 124),
  },
  {
    code: 'AADSTS50012',
    cause:
      'The signature of the assertion, its certificate or the chain of that is not accepted: mostly another key than that of the certificate on the app registration.',
    cure: 'Compare the thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration.',
  },
  {
    code: 'AADSTS50013',
    cause: 'The assertion is refused: it has ended, is damaged, or was issued for another application.',
    cure: 'Get a new token for the application that exchanges it, and try again.',
  },
  {
    code: 'AADSTS500133',
    cause: 'The assertion is out of its time.',
    cure: 'Get a new one; where it is new, set the clock of the machine.',
  },
  {
    code: 'AADSTS500131',
    cause: 'The audience of the token that is exchanged is not the application that exchanges it.',
    cure: 'Get the token for the client id of that application.',
    source: `${learn}/identity-platform/v2-oauth2-on-behalf-of-flow`,
  },
  {
    code: 'AADSTS50006',
    cause: 'The signature cannot be verified: the key that signed is not that of the certificate on the app registration.',
    cure: 'Compare the thumbprint ("certflow cert inspect <file>") with Certificates & secrets of the app registration.',
  },
  {
    code: 'AADSTS50003',
    cause: 'The application has no key or certificate with which this sign-in could be verified.',
    cure: 'Upload the .cer to Certificates & secrets of the app registration.',
  },
  {
    code: 'AADSTS50032',
    cause: 'The RSA key of the certificate is too short.',
    cure: 'Make a certificate with at least 2048 bits: "certflow cert create --subject CN=<name>".',
  },
  {
    code: 'AADSTS900384',
    cause: 'The signature of a token or assertion does not fit; the message says which.',
    cure: 'Let a library or the HTTP action make the assertion, with the certificate that is on the app registration.',
  },
  {
    code: 'AADSTS700025',
    cause: 'The app registration allows public client flows, and a certificate or secret was sent all the same.',
    cure: 'Switch "Allow public client flows" off: Entra admin center, App registrations, the registration, Authentication.',
  },
  {
    code: 'AADSTS7000216',
    words: ["'client_assertion', 'client_secret' or 'request' is required"],
    cause: 'The request for a token has neither a certificate nor a secret: the value of the field is empty.',
    cure: 'Look at what fills pfx (or secret): an action that was skipped or whose name is another one gives nothing. "certflow check <file>" finds the latter.',
    source: 'https://login.microsoftonline.com/error?code=7000216',
  },
  {
    code: 'AADSTS7000218',
    words: ["'client_assertion' or 'client_secret'"],
    cause:
      'The request for a token has neither a certificate nor a secret, and the app registration is for confidential clients.',
    cure: 'Send the certificate; only an app that signs in persons on their own machine takes "Allow public client flows" instead.',
  },
  // Secrets.
  {
    code: 'AADSTS7000215',
    words: ['Invalid client secret provided'],
    cause: 'The client secret is wrong: mostly its id was copied instead of its value, or it has ended.',
    cure: 'Use a certificate; or copy the value of a new secret, which is shown once, when it is made.',
  },
  {
    code: 'AADSTS7000222',
    words: ['The provided client secret keys for app'],
    cause: 'The client secret or certificate of the app registration has ended.',
    cure: 'Run "certflow cert rotate": it puts a new certificate onto the app registration and into the vault.',
    callerCure: 'Add a new certificate to the app registration, and sign in with that.',
  },
  {
    code: 'AADSTS70002',
    isOuter: true,
    cause:
      'The credential is refused: a wrong client secret, or an assertion that does not fit; a second code in the message says which.',
    cure: 'Explain that second code; of a secret, copy the value of a new one, or use a certificate.',
    source: thread('AzureAD/azure-activedirectory-library-for-dotnet', 309),
  },
  // The application and its tenant.
  {
    code: 'AADSTS650053',
    cause:
      'The permission that is asked for is none of this API that a person can give: Sites.Selected, say, is for applications.',
    cure: 'Sign in as an application, with the audience of the API alone; the permissions of its app registration count.',
    source: thread('microsoftgraph/msgraph-sdk-dotnet', 915),
  },
  { code: 'AADSTS70001', cause: 'The application is disabled, or is not in this tenant.', cure: idsFromOverview },
  {
    code: 'AADSTS700016',
    words: ['was not found in the directory'],
    cause:
      'There is no application with this client id in the tenant: a wrong client id, the wrong tenant, or a deleted registration.',
    cure: idsFromOverview,
  },
  { code: 'AADSTS700011', cause: 'There is no application with this identifier in the tenant.', cure: idsFromOverview },
  {
    code: 'AADSTS7000112',
    cause: 'The application is disabled in this tenant.',
    cure: 'Enable it: Entra admin center, Enterprise applications, the application, Properties, "Enabled for users to sign-in".',
  },
  {
    code: 'AADSTS1000031',
    cause: 'The tenant does not let anybody use the application at present.',
    cure: 'Ask the tenant admin: Entra admin center, Enterprise applications, the application, Properties.',
  },
  {
    code: 'AADSTS7000229',
    words: ['missing service principal in the tenant'],
    cause: 'The app registration has no service principal in this tenant.',
    cure: 'Make one: "az ad sp create --id <client id>", signed in to this tenant.',
    source:
      'https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS7000229-missing-service-principal',
  },
  {
    code: 'AADSTS7000113',
    cause: 'The application may not ask for tokens in the name of others in this way.',
    cure: 'Have the application sign in as itself, with its certificate.',
    source: 'https://login.microsoftonline.com/error?code=7000113',
  },
  {
    code: 'AADSTS7000114',
    cause: 'The application may not exchange the token of a person for another one (on-behalf-of).',
    cure: 'Have the application sign in as itself, with its certificate.',
  },
  {
    code: 'AADSTS501051',
    words: ['is not assigned to a role for the application'],
    cause: 'The API takes assigned applications only ("Assignment required"), and this application has no app role of it.',
    cure: 'Add an application permission of that API to the app registration and grant admin consent, or assign the app role; "certflow setup <spec>" does it for the permissions that the spec names.',
    source: 'https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad',
  },
  {
    code: 'AADSTS100007',
    cause: 'The regional sign-in address takes managed identities and services of Microsoft only.',
    cure: 'Take the region out of the options of the client, or of the authority: https://login.microsoftonline.com.',
  },
  {
    code: 'AADSTS1002016',
    words: ['You are using TLS version 1.0, 1.1 and/or 3DES cipher'],
    cause: 'The client signs in by TLS 1.0 or 1.1, which Entra no longer takes.',
    cure: 'Update the client, or switch TLS 1.2 on: .NET Framework 4.7 or newer takes what the system has.',
    source: 'https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/tls-1002016-error',
  },
  // The tenant and the cloud.
  {
    code: 'AADSTS90002',
    words: ['Check to make sure you have the correct tenant ID'],
    cause:
      'There is no such tenant: a typing mistake, a domain that is not verified, a tenant of another cloud, or an authority with a path such as /<tenant>/oauth2/token, of which a word is taken for the tenant.',
    cure: 'Write the tenant id (a GUID; Entra admin center, Overview), the authority without a path (https://login.microsoftonline.com), and check that the cloud is the right one.',
  },
  {
    code: 'AADSTS900023',
    cause:
      'What stands as tenant is neither an id nor a domain name, or the authority has a path of which a word is taken for the tenant.',
    cure: `${tenantId.slice(0, -1)}, and the authority without a path.`,
  },
  {
    code: 'AADSTS90019',
    cause: 'The request does not say which tenant is meant: /common or /organizations stands where the tenant belongs.',
    cure: tenantId,
  },
  { code: 'AADSTS50059', cause: 'The request does not say which tenant is meant.', cure: tenantId },
  {
    code: 'AADSTS50128',
    cause: 'The request does not say which tenant is meant, or its domain is no domain of a tenant.',
    cure: tenantId,
  },
  {
    code: 'AADSTS50194',
    cause: 'The application is registered for one tenant, and the request goes to /common.',
    cure: tenantId,
  },
  { code: 'AADSTS90124', cause: 'The API cannot be asked for by /common or /consumers.', cure: tenantId },
  { code: 'AADSTS90130', cause: 'The application cannot sign in by /common or /consumers.', cure: tenantId },
  { code: 'AADSTS9001023', cause: 'An application cannot sign in by /common or /consumers.', cure: tenantId },
  {
    code: 'AADSTS9002332',
    cause: 'The application is for work and school accounts, and the request goes to /consumers.',
    cure: tenantId,
  },
  {
    code: 'AADSTS50049',
    cause: 'The authority is no sign-in host that Entra knows.',
    cure: 'Write the host of the cloud, without a path: https://login.microsoftonline.com, https://login.microsoftonline.us or https://login.partner.microsoftonline.cn.',
  },
  {
    code: 'AADSTS50029',
    cause: 'The domain that stands as tenant has characters that no domain has.',
    cure: tenantId,
  },
  {
    code: 'AADSTS900382',
    cause: 'The sign-in went to another cloud than that of the application.',
    cure: 'Set cloud in the spec to the cloud of the tenant: public, usGovernment or china.',
  },
  {
    code: 'AADSTS900432',
    cause: 'An application with a certificate or secret cannot sign in across clouds.',
    cure: 'Set cloud in the spec to the cloud of the tenant: public, usGovernment or china.',
  },
  {
    code: 'AADSTS90038',
    cause: 'The tenant belongs to another cloud than the sign-in host that was asked.',
    cure: 'Set cloud in the spec to the cloud of the tenant: public, usGovernment or china.',
  },
  {
    code: 'AADSTS90051',
    cause: 'The request names a national cloud that there is not.',
    cure: 'Set cloud in the spec to public, usGovernment or china.',
  },
  {
    code: 'AADSTS1000104',
    cause: 'The tenant of the account may not use resources of this cloud.',
    cure: 'Sign in with an account of the cloud in which the resource is.',
  },
  // The audience and its permissions.
  {
    code: 'AADSTS500011',
    words: ['The resource principal named'],
    cause:
      'The audience names no API of this tenant: a SharePoint site instead of the root, the scheme written twice, a final slash too many, or an API without a service principal here.',
    cure: 'Write the identifier of the API as audience: https://<tenant>.sharepoint.com for SharePoint, without site and final slash; else the application id URI.',
  },
  {
    code: 'AADSTS50001',
    cause: 'The audience names no API that Entra knows, or one that is disabled.',
    cure: 'Write the identifier of the API as audience: its application id URI or client id, exactly as it stands there.',
  },
  {
    code: 'AADSTS500014',
    words: ['The service principal for resource'],
    cause: 'The API is there, and disabled in this tenant: mostly a subscription has lapsed, or an admin has switched it off.',
    cure: 'Look at it in the Entra admin center, Enterprise applications, and at the licences of the tenant.',
    source:
      'https://learn.microsoft.com/troubleshoot/microsoft-365/sharepoint/lists-and-libraries/something-went-wrong-sign-in-to-microsoft-lists',
  },
  {
    code: 'AADSTS650057',
    cause: 'The API that the audience names is not among the permissions of the app registration.',
    cure: 'Add a permission of that API to the app registration and grant admin consent ("certflow setup <spec>" does it for those that the spec names), or correct the audience.',
  },
  {
    code: 'AADSTS650056',
    cause:
      'The app registration has no permission of the API, or nobody has consented to it, or the client id is that of another application.',
    cure: 'Compare the client id, add the permission, and grant admin consent: Entra admin center, App registrations, the registration, API permissions.',
  },
  {
    code: 'AADSTS650052',
    cause: 'The API is a service that the tenant has not subscribed to or has not enabled.',
    cure: 'Ask the tenant admin for the service; make its service principal where it is an API of your own: "az ad sp create --id <client id of the API>".',
  },
  {
    code: 'AADSTS650051',
    cause: 'The service principal of the application could not be made during consent, mostly because it is being made already.',
    cure: 'Wait a minute, and grant consent once more.',
    source: 'https://login.microsoftonline.com/error?code=650051',
  },
  {
    code: 'AADSTS650054',
    cause: 'The app registration asks for permissions of an API that is no longer there.',
    cure: 'Remove them: Entra admin center, App registrations, the registration, API permissions.',
  },
  {
    code: 'AADSTS65005',
    cause: 'The app registration asks for permissions that the API does not have, or for an API that is not in this tenant.',
    cure: 'Compare API permissions of the app registration with the API; remove what is not there.',
  },
  {
    code: 'AADSTS65002',
    cause: 'The client id is that of an application of Microsoft, which may not be used for this API.',
    cure: 'Register an application of your own: "certflow setup <spec>".',
  },
  {
    code: 'AADSTS65001',
    words: ['has not consented to use the application'],
    cause: 'Nobody has consented to the permissions that the application asks for.',
    cure: 'Have the tenant admin grant admin consent: Entra admin center, App registrations, the registration, API permissions.',
  },
  {
    code: 'AADSTS90008',
    cause: 'Nobody has consented to the application, which needs at least the permission to sign in.',
    cure: 'Have the tenant admin grant admin consent: Entra admin center, App registrations, the registration, API permissions.',
  },
  {
    code: 'AADSTS90009',
    cause: 'The application asks for a token for itself by its URI.',
    cure: 'Write its client id as audience, or the identifier of the API that is called.',
  },
  {
    code: 'AADSTS90094',
    cause: 'Only an admin may consent to these permissions.',
    cure: 'Have the tenant admin grant admin consent: Entra admin center, App registrations, the registration, API permissions.',
  },
  {
    code: 'AADSTS90093',
    cause: 'Whoever consents may not consent to these permissions, or a directory lookup was refused.',
    cure: 'Have a Privileged Role Administrator grant admin consent.',
  },
  {
    code: 'AADSTS90099',
    cause: 'The application was never authorised in the tenant of the customer.',
    cure: 'Have an admin of that tenant grant admin consent.',
  },
  // The scope, and the form of the request.
  {
    code: 'AADSTS70011',
    cause: 'The scope is not one that Entra knows: an application asks for <audience>/.default, one API at a time.',
    cure: 'Write the identifier of one API as audience, not a list of scopes.',
  },
  {
    code: 'AADSTS1002012',
    words: ['Client credential flows must have a scope value with /.default'],
    cause: 'The scope of an application does not end in /.default; or it was encoded twice.',
    cure: 'Write <audience>/.default as scope, such as https://graph.microsoft.com/.default; the rights are those of the app registration.',
    source: thread('microsoft/msticpy', 923),
  },
  {
    code: 'AADSTS28002',
    cause: 'The scope is not one that the API has.',
    cure: 'Write <audience>/.default as scope.',
  },
  { code: 'AADSTS28003', cause: 'The scope is empty.', cure: 'Write <audience>/.default as scope.' },
  { code: 'AADSTS700022', cause: 'The scope names more than one API.', cure: 'Ask for one token an API: <audience>/.default.' },
  { code: 'AADSTS700023', cause: 'The scope names no API.', cure: 'Write <audience>/.default as scope.' },
  {
    code: 'AADSTS901002',
    cause: 'The request has resource, which the v2.0 address does not take.',
    cure: 'Send scope=<audience>/.default to /oauth2/v2.0/token, or resource to /oauth2/token.',
  },
  {
    code: 'AADSTS900144',
    words: ['The request body must contain the following parameter'],
    cause:
      'The request for a token lacks the parameter that the message names: mostly the body is not form data, or the field is empty.',
    cure: 'Send Content-Type application/x-www-form-urlencoded, and fill the parameter; an application sends client_id, scope, grant_type and its certificate or secret.',
    source: thread('vgrem/office365-rest-python-client', 699),
  },
  {
    code: 'AADSTS900192',
    cause:
      'The application wants something of the sign-in that is not possible for it, mostly the flow or the app-only way of an older sign-in page.',
    cure: 'Have the application sign in with its certificate, by the v2.0 address of its tenant.',
    source: thread('SharePoint/sp-dev-docs', 5772),
  },
  {
    code: 'AADSTS90014',
    cause: 'A field that has to be there is missing in the request.',
    cure: 'Fill the field that the message names.',
  },
  {
    code: 'AADSTS90013',
    cause:
      'The request has a value that Entra cannot read, mostly a client id or tenant with characters that do not belong there.',
    cure: 'Paste tenant id and client id anew from the Overview page of the app registration.',
  },
  {
    code: 'AADSTS90023',
    cause: 'The request is not one that Entra can read; the message says what is wrong.',
    cure: 'Mend what the message names.',
  },
  {
    code: 'AADSTS90004',
    cause: 'The request is not well formed.',
    cure: 'Send it as form data: Content-Type application/x-www-form-urlencoded.',
  },
  {
    code: 'AADSTS90100',
    cause: 'A parameter of the request is empty or not valid; the message names it.',
    cure: 'Fill it, or leave it out.',
  },
  { code: 'AADSTS90102', cause: 'A parameter has to be a whole address, and is none.', cure: 'Write it with https:// and host.' },
  {
    code: 'AADSTS9002313',
    cause:
      'The sign-in request is not well formed; with application sign-in, mostly an audience that is no identifier of an API.',
    cure: 'Check audience, tenant and client id of the request.',
  },
  {
    code: 'AADSTS900561',
    words: ['The endpoint only accepts POST requests'],
    cause:
      'The address of tokens takes POST only, and was asked in another way: mostly a redirect, or an address opened in a browser.',
    cure: 'Send POST to https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token.',
  },
  {
    code: 'AADSTS90056',
    cause: 'The address of tokens was asked in a way that it does not know.',
    cure: 'Send POST to https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token.',
  },
  {
    code: 'AADSTS70003',
    words: ['unsupported grant type'],
    cause: 'The grant type is not one that Entra knows.',
    cure: 'Write client_credentials as grant_type where an application signs in.',
  },
  {
    code: 'AADSTS9002325',
    cause: 'The app registration has its redirect address as single-page application, which needs PKCE.',
    cure: 'Have persons sign in with PKCE; an application without persons uses client_credentials, and no redirect address.',
    source: `${learn}/identity-platform/v2-oauth2-auth-code-flow`,
  },
  {
    code: 'AADSTS9002326',
    cause:
      'A browser asks for a token from another origin, and the redirect address is not registered as single-page application.',
    cure: 'Ask for the token from the server, where the certificate is.',
    source: `${learn}/identity-platform/v2-oauth2-auth-code-flow`,
  },
  {
    code: 'AADSTS9002327',
    cause: 'Tokens of a single-page application are given to browsers only.',
    cure: 'Register the redirect address as Web, where a server asks.',
    source: `${learn}/identity-platform/v2-oauth2-auth-code-flow`,
  },
  // Federated credentials: a registration that trusts another identity.
  {
    code: 'AADSTS70021',
    words: ['No matching federated identity record found'],
    cause: 'No federated credential of the app registration has the issuer, subject and audience of the token that was sent.',
    cure: 'Compare them, letter by letter, with Certificates & secrets, Federated credentials; a new one takes some minutes.',
    source: federation,
  },
  {
    code: 'AADSTS700211',
    cause: 'No federated credential of the app registration has the issuer of the token that was sent.',
    cure: 'Compare iss of the token with Certificates & secrets, Federated credentials.',
    source: federation,
  },
  {
    code: 'AADSTS700212',
    cause: 'No federated credential of the app registration has the audience of the token that was sent.',
    cure: 'Write api://AzureADTokenExchange as audience, in the credential and in the request for the token.',
    source: federation,
  },
  {
    code: 'AADSTS700213',
    cause:
      'No federated credential of the app registration has the subject of the token that was sent: another repository, branch or environment.',
    cure: 'Copy the subject that the message shows into Certificates & secrets, Federated credentials.',
    source: federation,
  },
  {
    code: 'AADSTS700222',
    cause:
      'A token of Entra may not be used here as a federated credential: it is not one of a managed identity, or the application is in another tenant than the credential.',
    cure: 'Take the token of a managed identity for the audience api://AzureADTokenExchange, in the tenant of the app registration.',
    source: `${learn}/workload-id/workload-identity-federation-config-app-trust-managed-identity`,
  },
  {
    code: 'AADSTS700236',
    cause: 'The token that is exchanged is itself a token of Entra that may not be exchanged.',
    cure: 'Take the token of a managed identity for the audience api://AzureADTokenExchange.',
    source: `${learn}/workload-id/workload-identity-federation-config-app-trust-managed-identity`,
  },
  {
    code: 'AADSTS700229',
    cause: 'Only the token of an application may be exchanged, and this one is of a person.',
    cure: 'Take the token of a managed identity.',
  },
  // The codes of OAuth, in front of those of Entra.
  {
    code: 'invalid_client',
    isOuter: true,
    cause: 'The certificate, secret or client id of the sign-in is refused; the AADSTS code behind it says why.',
    cure: 'Explain the whole message.',
  },
  {
    code: 'invalid_grant',
    isOuter: true,
    cause: 'What was given for a token is refused: a code, a saved sign-in or an assertion; the AADSTS code behind it says why.',
    cure: 'Explain the whole message.',
  },
  {
    code: 'invalid_request',
    isOuter: true,
    cause: 'The request for a token is not well formed; the AADSTS code behind it says why.',
    cure: 'Explain the whole message.',
  },
  {
    code: 'invalid_scope',
    isOuter: true,
    cause: 'The scope is not one that Entra takes: an application asks for <audience>/.default.',
    cure: 'Write <audience>/.default as scope.',
  },
  {
    code: 'invalid_resource',
    isOuter: true,
    cause: 'The audience names no API of this tenant.',
    cure: 'Write the identifier of the API as audience, exactly as it stands there.',
  },
  {
    code: 'unauthorized_client',
    isOuter: true,
    cause:
      'The application is not in the tenant, is disabled, or may not sign in in this way; the AADSTS code behind it says which.',
    cure: 'Explain the whole message.',
  },
  {
    code: 'unsupported_grant_type',
    isOuter: true,
    cause: 'The grant type is not one that Entra knows.',
    cure: 'Write client_credentials as grant_type where an application signs in.',
  },
  {
    code: 'interaction_required',
    isOuter: true,
    cause: 'The sign-in needs a person in a browser.',
    cure: 'Sign in again with "az login --tenant <tenant>" or --device-code.',
  },
  {
    code: 'temporarily_unavailable',
    isOuter: true,
    cause: 'The sign-in service has too much to do for the moment.',
    cure: 'Try again in a minute.',
  },
  // Policies, and the service itself.
  {
    code: 'CredentialInvalidLifetimeAsPerAppPolicy',
    cause: 'The tenant limits how long a certificate or secret of an app registration may last, and this one lasts longer.',
    cure: 'Make a certificate with fewer days: "certflow cert create --subject CN=<name> --days 180".',
    source: thread('Azure/azure-cli', 28522),
  },
  {
    code: 'CredentialTypeNotAllowedAsPerAppPolicy',
    cause: 'The tenant forbids this kind of credential on app registrations, mostly client secrets.',
    cure: 'Use a certificate, or ask the tenant admin which kinds the app management policy allows.',
    source: 'https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy',
  },
  {
    code: 'AADSTS50196',
    cause: 'The same token was asked for too often in a short time.',
    cure: 'Keep the token until it ends, and ask once; of a workflow, look for a loop around the HTTP action.',
  },
  {
    code: 'AADSTS90055',
    cause: 'Too many requests come from this tenant.',
    cure: 'Wait some minutes, then run the same command again.',
  },
  { code: 'AADSTS50000', cause: 'The sign-in service has a fault.', cure: 'Try again later; ask Microsoft where it stays.' },
  { code: 'AADSTS50033', cause: 'The sign-in service has a fault for the moment.', cure: 'Try again in a minute.' },
  { code: 'AADSTS90006', cause: 'The sign-in service is not there for the moment.', cure: 'Try again in a minute.' },
  { code: 'AADSTS90012', cause: 'The request for a token took too long.', cure: 'Try again in a minute.' },
  { code: 'AADSTS90024', cause: 'The sign-in service has too much to do for the moment.', cure: 'Try again in a minute.' },
  { code: 'AADSTS90033', cause: 'The directory is not there for the moment.', cure: 'Try again in some minutes.' },
  { code: 'AADSTS90090', cause: 'The directory is not there for the moment.', cure: 'Try again in some minutes.' },
  { code: 'AADSTS90091', cause: 'The directory cannot be reached for the moment.', cure: 'Try again in some minutes.' },
  {
    code: 'AADSTS90092',
    cause: 'The directory refused a lookup during sign-in or consent, and will do so again.',
    cure: 'Give consent for one API at a time; ask Microsoft where it stays.',
  },
  {
    code: 'AADSTS7000111',
    cause: 'The application was found to be harmful, and Microsoft has disabled it.',
    cure: 'Ask Microsoft, or register another application.',
    source: 'https://login.microsoftonline.com/error?code=7000111',
  },
]);
