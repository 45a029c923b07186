import type { Rule } from '../rule.ts';
import { callbackUrlOutput } from './exposure/callback-url-output.ts';
import { literalSecret } from './exposure/literal-secret.ts';
import { openTrigger } from './exposure/open-trigger.ts';
import { secureParameterDefault } from './exposure/secure-parameter-default.ts';
import { untrustedInput } from './exposure/untrusted-input.ts';
import { actionNotBefore } from './references/action-not-before.ts';
import { connectionApi } from './references/connection-api.ts';
import { connectionIdentity } from './references/connection-identity.ts';
import { environmentVariable } from './references/environment-variable.ts';
import { expressionSyntax } from './references/expression-syntax.ts';
import { itemsOutsideLoop } from './references/items-outside-loop.ts';
import { parameterValues } from './references/parameter-values.ts';
import { solutionReference } from './references/solution-reference.ts';
import { trackedProperties } from './references/tracked-properties.ts';
import { triggerScope } from './references/trigger-scope.ts';
import { unknownAction } from './references/unknown-action.ts';
import { unknownConnection } from './references/unknown-connection.ts';
import { unknownFunction } from './references/unknown-function.ts';
import { unknownParameter } from './references/unknown-parameter.ts';
import { unknownVariable } from './references/unknown-variable.ts';
import { unusedConnection } from './references/unused-connection.ts';
import { variableInOwnInitialization } from './references/variable-in-own-initialization.ts';
import { variableNotBefore } from './references/variable-not-before.ts';
import { variableSelfReference } from './references/variable-self-reference.ts';
import { variableTwice } from './references/variable-twice.ts';
import { argumentCount } from './run-time/argument-count.ts';
import { argumentType } from './run-time/argument-type.ts';
import { constantCondition } from './run-time/constant-condition.ts';
import { failureNotSeen } from './run-time/failure-not-seen.ts';
import { jsonAsText } from './run-time/json-as-text.ts';
import { nullArgument } from './run-time/null-argument.ts';
import { sharepointAnswer } from './run-time/sharepoint-answer.ts';
import { substringRange } from './run-time/substring-range.ts';
import { throttledWithoutRetry } from './run-time/throttled-without-retry.ts';
import { timeZone } from './run-time/time-zone.ts';
import { triggerWithoutBody } from './run-time/trigger-without-body.ts';
import { unknownProperty } from './run-time/unknown-property.ts';
import { unusableInput } from './run-time/unusable-input.ts';
import { variableType } from './run-time/variable-type.ts';
import { wrongAccess } from './run-time/wrong-access.ts';
import { credentialOutputs } from './secret-flow/credential-outputs.ts';
import { getSecretOutputs } from './secret-flow/get-secret-outputs.ts';
import { httpSecureInputs } from './secret-flow/http-secure-inputs.ts';
import { secretInRunHistory } from './secret-flow/secret-in-run-history.ts';
import { secretLeaves } from './secret-flow/secret-leaves.ts';
import { secureDataPlace } from './secret-flow/secure-data-place.ts';
import { audience } from './sign-in/audience.ts';
import { audienceHost } from './sign-in/audience-host.ts';
import { authorityHost } from './sign-in/authority-host.ts';
import { certificateIdentifier } from './sign-in/certificate-identifier.ts';
import { clientCertificateHost } from './sign-in/client-certificate-host.ts';
import { clientId } from './sign-in/client-id.ts';
import { literalCredential } from './sign-in/literal-credential.ts';
import { loadUserProfile } from './sign-in/load-user-profile.ts';
import { managedIdentity } from './sign-in/managed-identity.ts';
import { oauthCredentials } from './sign-in/oauth-credentials.ts';
import { pfxSource } from './sign-in/pfx-source.ts';
import { pfxStraight } from './sign-in/pfx-straight.ts';
import { plainCredentialParameter } from './sign-in/plain-credential-parameter.ts';
import { retiredSignIn } from './sign-in/retired-sign-in.ts';
import { secretName } from './sign-in/secret-name.ts';
import { sharePointSecret } from './sign-in/sharepoint-secret.ts';
import { singleTenant } from './sign-in/single-tenant.ts';
import { tokenRequest } from './sign-in/token-request.ts';
import { vaultCertificatePassword } from './sign-in/vault-certificate-password.ts';
import { workflowIdentity } from './sign-in/workflow-identity.ts';
import { agentPlace } from './structure/agent-place.ts';
import { authenticationType } from './structure/authentication-type.ts';
import { flowTrigger } from './structure/flow-trigger.ts';
import { hostMembers } from './structure/host-members.ts';
import { initializeVariablePlace } from './structure/initialize-variable-place.ts';
import { limits } from './structure/limits.ts';
import { loopLimits } from './structure/loop-limits.ts';
import { members } from './structure/members.ts';
import { misspeltMember } from './structure/misspelt-member.ts';
import { names } from './structure/names.ts';
import { operationKind } from './structure/operation-kind.ts';
import { operationOptions } from './structure/operation-options.ts';
import { operationType } from './structure/operation-type.ts';
import { recurrence } from './structure/recurrence.ts';
import { responsePlace } from './structure/response-place.ts';
import { retryPolicy } from './structure/retry-policy.ts';
import { runAfter } from './structure/run-after.ts';
import { secureDataSupport } from './structure/secure-data-support.ts';
import { splitOn } from './structure/split-on.ts';
import { standardSecureParameter } from './structure/standard-secure-parameter.ts';
import { stateless } from './structure/stateless.ts';
import { staticResult } from './structure/static-result.ts';
import { switchCases } from './structure/switch-cases.ts';
import { terminate } from './structure/terminate.ts';
import { unknownMember } from './structure/unknown-member.ts';
import { workflowId } from './structure/workflow-id.ts';

/** Every rule, in the order in which they look at a definition. */
export const rules: readonly Rule[] = [
  agentPlace,
  authenticationType,
  initializeVariablePlace,
  limits,
  loopLimits,
  members,
  hostMembers,
  misspeltMember,
  names,
  operationKind,
  operationOptions,
  operationType,
  recurrence,
  responsePlace,
  retryPolicy,
  runAfter,
  secureDataSupport,
  splitOn,
  standardSecureParameter,
  stateless,
  staticResult,
  switchCases,
  terminate,
  unknownMember,
  workflowId,
  actionNotBefore,
  connectionApi,
  connectionIdentity,
  environmentVariable,
  solutionReference,
  expressionSyntax,
  itemsOutsideLoop,
  parameterValues,
  trackedProperties,
  unknownAction,
  unknownConnection,
  unknownFunction,
  unknownParameter,
  unknownVariable,
  unusedConnection,
  variableInOwnInitialization,
  variableNotBefore,
  variableTwice,
  triggerScope,
  variableSelfReference,
  audience,
  authorityHost,
  literalCredential,
  oauthCredentials,
  pfxStraight,
  audienceHost,
  certificateIdentifier,
  loadUserProfile,
  managedIdentity,
  plainCredentialParameter,
  sharePointSecret,
  singleTenant,
  vaultCertificatePassword,
  tokenRequest,
  secretName,
  retiredSignIn,
  pfxSource,
  clientId,
  clientCertificateHost,
  workflowIdentity,
  getSecretOutputs,
  credentialOutputs,
  httpSecureInputs,
  secretInRunHistory,
  secretLeaves,
  secureDataPlace,
  callbackUrlOutput,
  literalSecret,
  openTrigger,
  secureParameterDefault,
  untrustedInput,
  argumentCount,
  argumentType,
  constantCondition,
  failureNotSeen,
  jsonAsText,
  nullArgument,
  substringRange,
  throttledWithoutRetry,
  timeZone,
  unknownProperty,
  wrongAccess,
  sharepointAnswer,
  flowTrigger,
  triggerWithoutBody,
  unusableInput,
  variableType,
];
