import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { waitFor } from './wait.ts';

/**
 * Asks for something about what was made a moment ago, until every replica of Entra knows of it: for some minutes it may be told that
 * there is no such thing (microsoftgraph/msgraph-bicep-types#193, Azure/azure-cli#1332).
 */
export async function whenReplicated<Result>(azure: Azure, call: () => Promise<Result>): Promise<Result> {
  const { result } = await waitFor(
    azure,
    {
      waitingFor: 'Entra ID to know what was just made',
      limit: 5 * 60_000,
      whenOver: 'Run the same command again in some minutes: it goes on where it stopped.',
    },
    async () => {
      try {
        return { result: await call() };
      } catch (error) {
        if (error instanceof AzureError && isNotKnownYet(error)) return undefined;
        throw error;
      }
    },
  );
  return result;
}

function isNotKnownYet({ status, code = '', answer }: AzureError): boolean {
  const all = [code, ...(answer?.details ?? []).map((detail) => detail.code)];
  return (
    status === 404 ||
    all.some((one) => /^(Request_ResourceNotFound|NoBackingApplicationObject|PrincipalNotFound)$/.test(one)) ||
    /does not reference a valid application object|does not exist in the directory/i.test(answer?.message ?? '')
  );
}
