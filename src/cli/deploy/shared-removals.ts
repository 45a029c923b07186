import { goingOf, type Removal } from '../../deploy/removals/removal.ts';
import type { DeployTarget } from '../../deploy/targets/target-of.ts';
import type { TargetResult } from './each-target.ts';

/** Something that goes, and that targets have together; it is told of in the name of the first. */
export interface SharedRemoval {
  readonly target: DeployTarget;
  readonly removal: Removal;
  readonly owners: readonly DeployTarget[];
}

/** What of all that was found goes once for several targets. */
export function sharedOf(found: readonly TargetResult<Removal[]>[]): SharedRemoval[] {
  const byId = new Map<string, SharedRemoval>();
  for (const one of found)
    for (const removal of 'result' in one ? goingOf(one.result, 'shared') : []) {
      const { target } = one;
      const id = `${target.environment.cloud} ${removal.sharedId}`;
      const before = byId.get(id);
      byId.set(id, before ? { ...before, owners: [...before.owners, target] } : { target, removal, owners: [target] });
    }
  return [...byId.values()];
}

/** Of that, what none of its targets needs any more: where one could not be removed, it keeps what it has. */
export function leftAlone(shared: readonly SharedRemoval[], done: readonly TargetResult<unknown>[]): SharedRemoval[] {
  const failed = new Set(done.flatMap((one) => ('error' in one ? [one.target] : [])));
  return shared.filter(({ owners }) => owners.every((owner) => !failed.has(owner)));
}
