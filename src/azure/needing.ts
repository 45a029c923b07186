import type { Right } from '../cloud/rights.ts';
import { AzureError } from './azure-error.ts';

/** Codes by which a service says that whoever asks has no right to. */
const missing =
  /^(AuthorizationFailed|LinkedAuthorizationFailed|Authorization_RequestDenied|AccessDenied|Forbidden|ForbiddenByRbac|ForbiddenByPolicy)$/i;

/** Codes of a refusal that no right would mend, although Key Vault says `Forbidden` around them. */
const unmended = /^(ForbiddenByFirewall|ForbiddenByConnection|Secret(Disabled|Expired|NotYetValid))$/i;

/** Whether a request was refused because a right is missing. */
export function isForbidden(error: unknown): error is AzureError {
  if (!(error instanceof AzureError) || error.status !== 403) return false;
  const codes = [error.answer, ...(error.answer?.details ?? [])].map((answer) => answer?.code ?? '').filter(Boolean);
  return !codes.some((code) => unmended.test(code)) && (codes.length === 0 || codes.some((code) => missing.test(code)));
}

/** Does something that takes a right: where that is missing, the error says which it is and who can give it. */
export async function needing<Result>({ what, givenBy }: Right, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new AzureError(
      'refused',
      error.tried,
      `was refused (${error.status}): ${error.answer?.message || error.code || 'no right to'}`,
      {
        answer: error.answer,
        cure: `It takes ${what}; ${givenBy} can give it.`,
        cause: error,
      },
    );
  }
}
