import { troubleIn } from '../troubles/find.ts';
import type { FailedAnswer } from './answer.ts';
import { AzureError } from './azure-error.ts';

const threeWays =
  'Run "az login" first; or add --device-code to sign in with a browser; or name an app registration: --service-principal <client id> --tenant <tenant> --certificate-file <pfx or pem>.';

/** How a device code may end. Sources: Microsoft's "OAuth 2.0 device authorization grant", expected errors; MSAL's ClientAuthErrorCodes. */
const codeAnswers = [
  { code: /\bauthorization_declined\b/, what: 'whoever was asked for the code declined.' },
  {
    code: /\b(expired_token|device_code_expired|user_timeout_reached)\b/,
    what: 'nobody has entered the code in time, and it has ended.',
  },
  { code: /\bbad_verification_code\b/, what: 'the sign-in does not know the code.' },
];

const codeCure = 'Run the same command again for a new code, and sign in with the account that is meant.';

/** Names of the errors of @azure/identity and of MSAL below it. */
const names =
  /^(CredentialUnavailableError|AuthenticationError|AuthenticationRequiredError|AggregateAuthenticationError|ClientAuthError|ServerError|InteractionRequiredAuthError)$/;

/** The sentence for an error of the sign-in, or undefined for any other. The texts of the SDK list every way that it tried. */
export function signInError(
  tried: string,
  error: Error,
  authority: string,
  failed: FailedAnswer | undefined,
): AzureError | undefined {
  const ways = waysIn(error);
  const all = [error, ...ways];
  if (!all.some(({ name }) => names.test(name))) return undefined;
  const message = all.map((one) => one.message).join('\n');
  const answer = codeAnswers.find(({ code }) => code.test(message));
  if (answer) return new AzureError('sign-in', tried, `failed at the sign-in: ${answer.what}`, { cure: codeCure, cause: error });
  const known = troubleIn(message);
  const aadsts = /AADSTS\d+:[^\n]*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|\\r|\n|$))/.exec(message)?.[0];
  if (aadsts !== undefined)
    return new AzureError('sign-in', tried, `failed at the sign-in: ${aadsts}`, {
      cure: known?.callerCure ?? known?.cure ?? 'Microsoft explains the code at https://login.microsoftonline.com/error.',
      cause: error,
    });
  if ((ways.length > 0 ? ways : all).some(isAboutHost))
    return new AzureError(
      'unreachable',
      tried,
      `failed: the sign-in host ${authority} cannot be reached, or is not trusted here.`,
      {
        cure: 'Check the network and the cloud in the spec. A proxy is named in HTTPS_PROXY, the certificate authority of one that looks into connections with --ca-file.',
        cause: error,
      },
    );
  if (all.some(({ name }) => name === 'CredentialUnavailableError' || name === 'AggregateAuthenticationError'))
    return new AzureError('sign-in', tried, 'needs a sign-in, and nobody is signed in to Azure.', {
      cure: threeWays,
      cause: error,
    });
  // MSAL's own text says nothing where the answer is not one of Entra's.
  const what = failed
    ? `(${failed.status}) ${[failed.code, failed.message].filter(Boolean).join(': ')}`
    : error.message.split('\n')[0];
  return new AzureError('sign-in', tried, `failed at the sign-in: ${what}`, { cure: threeWays, cause: error });
}

/** Whether the sign-in host was not reached. That a machine has no identity of its own says nothing of it. */
function isAboutHost({ message }: Error): boolean {
  return (
    !message.startsWith('ManagedIdentityCredential') &&
    /endpoints_resolution_error|network_error|ENOTFOUND|ECONNREFUSED/.test(message)
  );
}

/** The errors of each way to sign in that was tried; the message of the error itself repeats theirs. */
function waysIn(error: Error): Error[] {
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return inner.filter((one) => one instanceof Error);
}
