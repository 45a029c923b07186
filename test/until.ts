import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something is so, however long that takes: the limit of the test ends what hangs. */
export async function until(isSo: () => boolean | Promise<boolean>) {
  while (!(await isSo())) await delay(5);
}
