/**
 * Waits for things that were asked together, as none hangs on another. Where several fail, the first in their order is thrown; and none is
 * left under way, so that nothing is asked after a command has ended.
 */
export async function together<Asked extends readonly unknown[] | []>(
  asked: Asked,
): Promise<{ -readonly [Index in keyof Asked]: Awaited<Asked[Index]> }> {
  // Each has ended then, and the first that failed is the first to be thrown.
  await Promise.allSettled(asked);
  for (const one of asked) await one;
  return Promise.all(asked);
}
