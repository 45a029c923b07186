import { unstoppable } from '../azure/azure.ts';
import { isForbidden } from '../azure/needing.ts';
import type { RoleAssignment } from '../azure/role-assignments.ts';
import { waitFor } from '../azure/wait.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { aboutRight, give, takeBack, type VaultRight, type VaultUse } from './vault-right.ts';

/** After so many looks in vain the right is given once more: another run of the same person may have taken it back. */
const looksUntilGivenAnew = 12;

/** Rights in vaults that are given where they turn out to be missing, kept for as long as something takes, and taken back together. */
export class HeldRights {
  readonly #held: { readonly right: VaultRight; readonly giveBack: () => Promise<void> }[] = [];

  /** Whether any was given. */
  get isAnyHeld(): boolean {
    return this.#held.length > 0;
  }

  /** Does something in a vault. Where whoever is signed in may not, they get the right. */
  async within<Result>(right: VaultRight, use: VaultUse, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
    let looks = 0;
    const { result } = await waitFor(
      right.azure,
      {
        waitingFor: `your new right on the vault ${right.place.name} to work`,
        limit: 10 * 60_000,
        whenOver: 'Run the same command again in some minutes.',
      },
      async () => {
        if (looks++ % looksUntilGivenAnew === 0) this.#held.push({ right, giveBack: await give(right, use) });
        try {
          return { result: await act() };
        } catch (error) {
          if (isForbidden(error)) return undefined;
          throw error;
        }
      },
    );
    return result;
  }

  /** What an interrupted run left is taken back with the rest. */
  takeOver(right: VaultRight, left: readonly Pick<RoleAssignment, 'id'>[]) {
    if (left.length > 0) this.#held.push({ right, giveBack: () => takeBack(unstoppable(right.azure), left) });
  }

  /** Takes everything back. Gives a sentence for each that could not be. */
  async end(): Promise<string[]> {
    const problems: string[] = [];
    for (const { right, giveBack } of this.#held.splice(0)) {
      try {
        await giveBack();
      } catch (error) {
        const problem = `could not be taken back: ${(error as Error).message}\nRun the same command again, or take it away by hand.`;
        right.tell(aboutRight(right), problem);
        problems.push(`Your right on the vault ${right.place.name} ${problem}`);
      }
    }
    return problems;
  }
}

/**
 * Does something with rights that are taken back afterwards: also after an error, and after Ctrl-C. What a killed process leaves behind
 * has a name of its own, by which the next run takes it back (`leftBehind`).
 */
export async function holdingRights<Result>(
  act: (held: HeldRights) => Promise<Result>,
): Promise<{ readonly result: Result; readonly notTakenBack: readonly string[] }> {
  const held = new HeldRights();
  let result: Result;
  try {
    result = await act(held);
  } catch (error) {
    await held.end();
    throw error;
  }
  return { result, notTakenBack: await held.end() };
}

/** The same for one thing in one vault. Throws a RefusedError where it was done, and the right could not be taken back. */
export async function withVaultRight<Result>(right: VaultRight, use: VaultUse, act: () => Promise<Result>): Promise<Result> {
  const { result, notTakenBack } = await holdingRights((held) => held.within(right, use, act));
  if (notTakenBack.length > 0) throw new RefusedError(notTakenBack.join('\n'));
  return result;
}
