import type { Right } from '../cloud/rights.ts';
import { AzureError } from './azure-error.ts';

/** Answers by which a service says that whoever asks has no right to. */
const codes =
  /^(AuthorizationFailed|Authorization_RequestDenied|accessDenied|Forbidden|ForbiddenByRbac|ForbiddenByPolicy|AccessDenied|LinkedAuthorizationFailed)$/i;

/** Whether a request was refused because a right is missing; not where a firewall stood in its way. */
export function isForbidden(error: unknown): error is AzureError {
  if (!(error instanceof AzureError) || error.status !== 403) return false;
  const all = [error.answer, ...(error.answer?.details ?? [])].map((answer) => answer?.code ?? '');
  return !all.includes('ForbiddenByFirewall') && !/firewall|public network access/i.test(error.message);
}

/** Does something that takes a right: where that is missing, the error says which it is and who can give it. */
export async function needing<Result>({ what, givenBy }: Right, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!isForbidden(error) || !(error.code === undefined || codes.test(error.code))) throw error;
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
