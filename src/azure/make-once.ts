import { setTimeout as delay } from 'node:timers/promises';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';

/** How often something is sent that a second time might make once more. */
const most = 5;

/** Where a longer pause is asked for, it is told instead. Milliseconds. */
const longestPause = 120_000;

/**
 * Makes what a second request would make once more. Where the answer leaves open whether it was made (the service failed, or no answer
 * came), it is looked for, and sent again only where it is not there. Throws the AzureError of the last request.
 */
export async function makeOnce<Made>(
  azure: Azure,
  { make, find }: { readonly make: () => Promise<Made>; readonly find: () => Promise<Made | undefined> },
): Promise<Made> {
  for (let tries = 1; ; tries++) {
    try {
      return await make();
    } catch (error) {
      const pause = error instanceof AzureError && isOpen(error) ? pauseAfter(azure, error, tries) : undefined;
      if (pause === undefined || tries >= most) throw error;
      await delay(pause, undefined, azure.signal ? { signal: azure.signal } : {}).catch(() => {
        throw error;
      });
    }
    const found = await find();
    if (found !== undefined) return found;
  }
}

/** Whether the request may have been carried out. */
function isOpen({ status, kind }: AzureError): boolean {
  return kind === 'unreachable' || (status !== undefined && [408, 500, 502, 503, 504].includes(status));
}

function pauseAfter({ profile }: Azure, { answer }: AzureError, tries: number): number | undefined {
  const pause = answer?.retryAfter ?? (profile.delays?.retry ?? 1000) * 2 ** (tries - 1);
  return pause <= longestPause ? pause : undefined;
}
