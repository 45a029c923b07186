import { errorCodeIn } from '../cloud/error-codes.ts';
import type { FailedAnswer } from './answer.ts';
import { AzureError } from './azure-error.ts';

const threeWays =
  'Run "az login" first; or add --device-code to sign in with a browser; or name an app registration: --service-principal <client id> --tenant <tenant> --certificate-file <pfx or pem>.';

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
  const all = withInner(error);
  if (!all.some(({ name }) => names.test(name))) return undefined;
  const message = all.map((one) => one.message).join('\n');
  const known = errorCodeIn(message);
  const aadsts = /AADSTS\d+:[^\n]*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|\\r|\n|$))/.exec(message)?.[0];
  if (aadsts !== undefined)
    return new AzureError('sign-in', tried, `failed at the sign-in: ${aadsts}`, {
      cure: known?.callerCure ?? known?.cure ?? 'Microsoft explains the code at https://login.microsoftonline.com/error.',
      cause: error,
    });
  if (
    /endpoints_resolution_error|network_error/.test(message) ||
    message.includes('ENOTFOUND') ||
    message.includes('ECONNREFUSED')
  )
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

function withInner(error: Error): Error[] {
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [error, ...inner.filter((one) => one instanceof Error)];
}
