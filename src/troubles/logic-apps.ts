import { thread, troublesOf } from './trouble.ts';

const learn = 'https://learn.microsoft.com/azure/logic-apps';
const check = 'Run "certflow check" on the definition; mend the request or action that the message names in the spec.';

/** What Logic Apps answers when a workflow is saved or started, and what actions of a run fail with. */
export const logicApps = troublesOf('Logic Apps', `${learn}/logic-apps-workflow-actions-triggers`, [
  {
    code: 'InvalidTemplate',
    words: [
      'The template validation failed',
      'Unable to process template language expressions',
      'Unable to parse template language expression',
    ],
    cause: 'The definition is one that the service refuses; the message says where.',
    cure: check,
  },
  {
    code: 'ValueNotSupported',
    cause: 'A member has a word that the service does not take; the message lists those that it takes.',
    cure: check,
    source: thread('Azure/LogicAppsUX', 2350),
  },
  {
    code: 'ExpressionEvaluationFailed',
    words: ['The execution of template action', 'cannot be evaluated because property'],
    cause: 'An expression failed when the workflow ran, mostly because a member is not there.',
    cure: "Write ? before the member that may be missing (body('A')?['b']), and look at the outputs of the action that gives it.",
  },
  {
    code: 'ActionDependencyFailed',
    cause: 'An action before this one failed or was skipped, so that this one was not run.',
    cure: 'Look at the first failed action: "certflow runs show" lists them with their own errors.',
  },
  {
    code: 'ActionConditionFailed',
    cause: 'An action before this one ended otherwise than runAfter allows.',
    cure: 'Look at the first failed action: "certflow runs show" lists them with their own errors.',
  },
  {
    code: 'ActionBranchingConditionNotSatisfied',
    cause: 'The action is in a branch that was not taken.',
    cure: 'Look at the condition above it; nothing is wrong where that was meant.',
  },
  {
    code: 'ActionFailed',
    isOuter: true,
    words: ['An action failed. No dependent actions succeeded'],
    cause: 'An action of the run failed.',
    cure: 'Look at the first failed action: "certflow runs show" lists them with their own errors.',
  },
  {
    code: 'ActionTimedOut',
    cause: 'The action did not end within its time.',
    cure: 'Give it more time (limit.timeout, within the limits of the plan), or have the service answer sooner.',
  },
  {
    code: 'WorkflowNotFound',
    cause: 'There is no workflow of this name in the resource group.',
    cure: 'Compare name and resource group; "certflow deploy" makes it.',
  },
  {
    code: 'WorkflowTriggerNotFound',
    cause: 'The workflow has no trigger of this name.',
    cure: 'Compare the name with the definition that is deployed.',
  },
  {
    code: 'WorkflowTriggerIsNotEnabled',
    cause: 'The workflow is disabled, so its trigger cannot be started.',
    cure: 'Enable it: deploy again, or use the portal.',
  },
  {
    code: 'WorkflowRunNotFound',
    cause: 'There is no such run, or its history has ended.',
    cure: 'List those that there are: "certflow runs list".',
  },
  {
    code: 'WorkflowOperationInputsApiOperationNotFound',
    cause: 'The connector has no such operation, or the wrong connector is named.',
    cure: 'Compare the operation with the page of the connector; choose the action anew in the designer.',
    source: thread('microsoft/Power-CAT-Copilot-Studio-Kit', 306),
  },
  {
    code: 'WorkflowManagedIdentityNotSpecified',
    cause: 'A connection or action signs in by managed identity, and the workflow has none.',
    cure: 'Switch the identity on (portal, Identity), or write managedIdentity in the target of the spec and deploy again.',
    source: `${learn}/authenticate-with-managed-identity`,
  },
  {
    code: 'WorkflowManagedIdentityConfigurationInvalid',
    cause: 'The managed identity that an action names is not one of the workflow.',
    cure: 'Write the whole id of a user-assigned identity that the workflow has, or leave identity out for the one of its own.',
    source: `${learn}/authenticate-with-managed-identity`,
  },
  {
    code: 'WorkflowConnectionsInvalidExpression',
    words: ["The file 'connections.json' contains invalid"],
    cause: "The file connections.json has an expression other than @appsetting('…') and @parameters('…').",
    cure: "Write the value as an app setting, and refer to it as @appsetting('name').",
    source: thread('Azure/logicapps', 1020),
  },
  {
    code: 'NestedWorkflowNotFound',
    cause: 'The child workflow is not in the same Logic App, or has a mistake of its own.',
    cure: 'Save the child workflow first, and mend what is told then.',
    source: thread('Azure/logicapps', 781),
  },
  {
    code: 'ApiNotFound',
    cause:
      'The connector that a connection names is not there: its name has a number of the connection at its end, or the region is another one.',
    cure: 'Write the name of the connector (keyvault, not keyvault_1) and the region of the workflow into api.id.',
    source: thread('MicrosoftDocs/azure-docs', 54366),
  },
  {
    code: 'ApiConnectionNotFound',
    cause: 'The workflow names a connection that is not there.',
    cure: 'Deploy again: the template makes the Key Vault connection. Connections of further actions have to exist first.',
    source: thread('Azure/logicapps', 560),
  },
  {
    code: 'ManagedApiConnectionNotFound',
    cause: 'The workflow names a connection that is not there.',
    cure: 'Deploy again: the template makes the Key Vault connection. Connections of further actions have to exist first.',
  },
  {
    code: 'ConnectionAuthorizationFailed',
    cause: 'The workflow may not use the connection.',
    cure: 'Deploy again: the workflow needs its managed identity, and the connection the access to the vault.',
    source: `${learn}/authenticate-with-managed-identity`,
  },
  {
    code: 'Unauthenticated',
    cause: 'The connection has lost its sign-in.',
    cure: 'Authorise it again in the portal (API connections, the connection, Edit API connection).',
    source: thread('OfficeDev/microsoft-teams-apps-requestateam', 8),
  },
  {
    code: 'DirectApiAuthorizationRequired',
    words: ['The request must be authenticated only by Shared Access scheme'],
    cause: 'The caller of the trigger did not sign in as it asks: no signature, or a token where it takes signatures only.',
    cure: 'Copy the address of the trigger anew, with its signature; or allow tokens by an authorization policy.',
    source: `${learn}/logic-apps-securing-a-logic-app`,
  },
  {
    code: 'DirectApiInvalidAuthorizationScheme',
    cause: 'The caller sends an Authorization header beside the signature, or of a kind that the trigger does not take.',
    cure: 'Send one of both.',
    source: `${learn}/logic-apps-securing-a-logic-app`,
  },
  {
    code: 'MisMatchingOAuthClaims',
    words: ['One or more claims either missing or does not match with the open authentication access control policy'],
    cause: 'The token of the caller has other claims than the authorization policy of the trigger asks for.',
    cure: 'Compare iss, aud and appid of the token with the policy: portal, Authorization.',
    source: `${learn}/logic-apps-securing-a-logic-app`,
  },
  {
    code: 'AuthorizationFailed',
    words: ['is not in the allowed caller IP address ranges'],
    cause: 'The address of the caller is not among those that the trigger allows.',
    cure: 'Add it to callers in the spec, or to the access control of the Logic App.',
    source: `${learn}/logic-apps-securing-a-logic-app`,
    when: /caller ip/i,
  },
  {
    code: 'NoResponse',
    words: ['The server did not receive a response from an upstream server'],
    cause: 'The workflow ended before its Response action, or did not answer in time.',
    cure: 'Have every branch end in a Response, within two minutes, or answer 202 first.',
    source: `${learn}/logic-apps-limits-and-config`,
  },
  {
    code: 'BadGateway',
    isOuter: true,
    words: ['The server did not respond to the request'],
    cause: 'The service behind the connector or action answered with a fault.',
    cure: 'Look at the inputs of the action, and try again.',
    source: `${learn}/error-exception-handling`,
  },
  {
    code: 'GatewayTimeout',
    isOuter: true,
    cause: 'The service did not answer within the time of the action.',
    cure: 'Have it answer sooner, or asynchronously (202 with Location).',
    source: `${learn}/logic-apps-limits-and-config`,
  },
  {
    code: 'Http request failed',
    isOuter: true,
    words: ['Http request failed as there is an error getting AD OAuth token', 'Http request failed as there is an error'],
    cause: 'The HTTP action could not sign in or could not reach its host; the text behind it says which.',
    cure: 'Explain that text; of "getting AD OAuth token", its AADSTS code.',
    source: thread('Azure/logicapps', 973),
  },
  {
    code: 'Could not load the certificate private key',
    words: ['Could not load the certificate private key', 'Please check the authentication certificate password is correct'],
    cause:
      'The HTTP action cannot read the PFX: its cipher is one that the platform does not know, it was wrapped in base64() once more, or the app of a Standard workflow has no user profile.',
    cure: 'Write the PFX anew ("certflow cert convert <file> --encoding compat --out <folder>"), hand the value of the secret straight to pfx, and in Standard set WEBSITE_LOAD_USER_PROFILE to 1.',
    source: thread('Azure/logicapps', 1006),
  },
  {
    code: 'The authentication certificate is missing the private key',
    words: ['authentication certificate is missing the private key', 'certificate is missing the private key'],
    cause:
      'What stands as pfx is a certificate without its key: a .cer, or the answer of the certificates operation of the vault instead of Get secret.',
    cure: 'Read the certificate with Get secret, under the same name, and hand on its value; "certflow check <file>" finds the other way.',
    source: thread('MicrosoftDocs/azure-docs', 36125),
  },
  {
    code: 'The authentication password is not correct',
    words: ['The specified network password is not correct', 'certificate password is incorrect'],
    cause: 'The password of the PFX is wrong; a certificate that comes out of Key Vault has none.',
    cure: 'Write an empty password ("") for a PFX from Key Vault; else compare it with "certflow cert inspect <file>". A cipher that the platform does not know is told so, too.',
    source: thread('MicrosoftDocs/azure-docs', 24117),
  },
  {
    code: 'InvalidSecureDataConfiguration',
    cause: 'An action of this type cannot have these of its data secured.',
    cure: 'Run "certflow check" on the definition: it names the action and what it may secure.',
    source: `${learn}/logic-apps-securing-a-logic-app`,
  },
  { code: 'InvalidVariableOperation', cause: 'A variable is used before it is there, or with another type.', cure: check },
  {
    code: 'exceeded the maximum value',
    words: ['exceeded the maximum value'],
    cause: 'The outputs of an action are larger than the plan allows.',
    cure: 'Ask for less, in pages, or switch chunked transfer on.',
    source: `${learn}/logic-apps-limits-and-config`,
  },
  {
    code: 'The remote name could not be resolved',
    words: ['The remote name could not be resolved', 'No such host is known'],
    cause: 'There is no such host, or it is known in a private network only.',
    cure: 'Compare the address; a Logic App (Consumption) reaches public hosts only.',
    source: `${learn}/error-exception-handling`,
  },
  {
    code: 'ServiceUnavailable',
    isOuter: true,
    cause: 'The service is not there for the moment.',
    cure: 'Try again later; set a retry policy on the action.',
    source: `${learn}/error-exception-handling`,
  },
]);
