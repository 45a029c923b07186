import type { Rule } from '../rule.ts';
import { actionNotBefore } from './references/action-not-before.ts';
import { expressionSyntax } from './references/expression-syntax.ts';
import { unknownAction } from './references/unknown-action.ts';
import { unknownParameter } from './references/unknown-parameter.ts';
import { getSecretOutputs } from './secret-flow/get-secret-outputs.ts';
import { secureDataPlace } from './secret-flow/secure-data-place.ts';
import { audience } from './sign-in/audience.ts';
import { authorityHost } from './sign-in/authority-host.ts';
import { literalCredential } from './sign-in/literal-credential.ts';
import { oauthCredentials } from './sign-in/oauth-credentials.ts';
import { pfxStraight } from './sign-in/pfx-straight.ts';
import { singleTenant } from './sign-in/single-tenant.ts';
import { limits } from './structure/limits.ts';
import { members } from './structure/members.ts';
import { names } from './structure/names.ts';
import { recurrence } from './structure/recurrence.ts';
import { runAfter } from './structure/run-after.ts';

/** Every rule, in the order in which they look at a definition. */
export const rules: readonly Rule[] = [
  members,
  names,
  limits,
  runAfter,
  recurrence,
  expressionSyntax,
  unknownAction,
  unknownParameter,
  actionNotBefore,
  oauthCredentials,
  pfxStraight,
  literalCredential,
  singleTenant,
  authorityHost,
  audience,
  getSecretOutputs,
  secureDataPlace,
];
