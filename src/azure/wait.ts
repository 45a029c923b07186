import { setTimeout as delay } from 'node:timers/promises';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';

export interface Wait {
  readonly waitingFor: string;
  /** Milliseconds. */
  readonly limit: number;
  /** What to do where it takes longer; a sentence. */
  readonly whenOver: string;
  /** It was begun a moment ago: the first look is after the first pause. */
  readonly pausesFirst?: boolean;
}

/**
 * Looks again and again until `look` gives something, at most `limit` milliseconds long. Throws an AzureError: `too-long` with
 * `whenOver` as its cure, or `stopped`. With a profile that has its own delays the number of looks stays the same.
 */
export async function waitFor<Result>(
  azure: Azure,
  { waitingFor, limit, whenOver, pausesFirst = false }: Wait,
  look: () => Promise<Result | undefined>,
): Promise<Result> {
  const looks = Math.max(1, Math.ceil(limit / usualDelay));
  for (let count = 0; count < looks; count++) {
    if (pausesFirst) await pause(azure, waitingFor);
    const found = await look();
    if (found !== undefined) return found;
    if (!pausesFirst) await pause(azure, waitingFor);
  }
  throw new AzureError('too-long', `waiting for ${waitingFor}`, `took longer than ${Math.round(limit / 60_000)} minutes.`, {
    cure: whenOver,
  });
}

const usualDelay = 5000;

async function pause({ pollDelay, signal }: Azure, waitingFor: string) {
  try {
    await delay(pollDelay, undefined, signal ? { signal } : {});
  } catch (error) {
    throw new AzureError('stopped', `waiting for ${waitingFor}`, 'was stopped.', { cause: error });
  }
}
