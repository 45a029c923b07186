import { type ActionEntry, type ActionGroup, isInside } from './walk.ts';

/** A group of more actions is not worked out: its table would not fit in memory, and the service takes 500 in all. */
const mostActions = 16_384;

/**
 * Which actions have ended when another one starts, after `runAfter` and after the groups that they stand in. What runs after an
 * action that is not there, after itself, or when an agent hands over to it, may run after anything: nothing is known of it.
 */
export class RunOrder {
  readonly #groups = new Map<ActionGroup, GroupOrder>();

  /**
   * Whether an expression in `action` may ask about `target`: it has ended, or it is a group around the action, or it stands in an
   * Until (its condition is worked out after what stands in it; that of other groups before).
   */
  mayRefer(action: ActionEntry, target: ActionEntry): boolean {
    if (action === target) return false;
    if (isInside(target, action)) return !startsWithItsOwn.has(action.typeWord);
    for (let here: ActionEntry | undefined = action; here; here = here.parent) {
      if (here === target) return true;
      const beside = ancestorIn(target, here.group);
      if (beside && beside !== here && this.#orderOf(here.group).isBefore(beside, here)) return true;
    }
    for (let here: ActionEntry | undefined = action; here; here = here.parent)
      if (here.group.hasTransitions || (here.after.length > 0 && this.#orderOf(here.group).isUnknown(here))) return true;
    return false;
  }

  #orderOf(group: ActionGroup): GroupOrder {
    let order = this.#groups.get(group);
    if (!order) {
      order = new GroupOrder(group);
      this.#groups.set(group, order);
    }
    return order;
  }
}

/** Groups whose own expressions are worked out before anything in them runs: their list, their condition. */
const startsWithItsOwn: ReadonlySet<string> = new Set(['foreach', 'if', 'switch', 'scope']);

/** The action, or the one that it stands in, that belongs to a group. */
function ancestorIn(entry: ActionEntry, group: ActionGroup): ActionEntry | undefined {
  let here: ActionEntry | undefined = entry;
  while (here && here.group !== group) here = here.parent;
  return here;
}

const none: readonly number[] = [];

/** For each action of a group, one bit for each other that runs before it. */
class GroupOrder {
  readonly #width: number;
  readonly #before: Uint32Array | undefined;
  readonly #unknown: Uint8Array;

  constructor(group: ActionGroup) {
    const { entries } = group;
    const count = entries.length;
    this.#width = Math.ceil(count / 32);
    this.#unknown = new Uint8Array(count).fill(1);
    if (count > mostActions) return;
    const before = new Uint32Array(count * this.#width);
    this.#before = before;
    const isMissing = new Uint8Array(count);
    const [previous, next] = [new Array<number[]>(count), new Array<number[] | undefined>(count)];
    for (const { index, after } of entries) {
      const found: number[] = [];
      for (const name of after) {
        const earlier = group.find(name);
        if (earlier) found.push(earlier.index);
        else isMissing[index] = 1;
      }
      previous[index] = found;
      for (const earlier of found) {
        const later = next[earlier];
        if (later) later.push(index);
        else next[earlier] = [index];
      }
    }
    // In the order in which they can run; those in a circle, and after one, never come up and stay unknown.
    const waits = new Uint32Array(count);
    const ready: number[] = [];
    for (let index = 0; index < count; index++) {
      waits[index] = previous[index]?.length ?? 0;
      if (waits[index] === 0) ready.push(index);
    }
    for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
      this.#unknown[index] = isMissing[index] ?? 0;
      for (const earlier of previous[index] ?? none) {
        this.#unknown[index] = (this.#unknown[index] ?? 0) | (this.#unknown[earlier] ?? 0);
        this.#add(before, index, earlier);
      }
      for (const later of next[index] ?? none) {
        const left = (waits[later] ?? 0) - 1;
        waits[later] = left;
        if (left === 0) ready.push(later);
      }
    }
  }

  /** What runs before `earlier`, and `earlier`, run before `index`. */
  #add(before: Uint32Array, index: number, earlier: number) {
    const [to, from] = [index * this.#width, earlier * this.#width];
    for (let word = 0; word < this.#width; word++) before[to + word] = (before[to + word] ?? 0) | (before[from + word] ?? 0);
    before[to + (earlier >> 5)] = (before[to + (earlier >> 5)] ?? 0) | (1 << (earlier & 31));
  }

  isUnknown({ index }: ActionEntry): boolean {
    return this.#unknown[index] === 1;
  }

  isBefore(earlier: ActionEntry, later: ActionEntry): boolean {
    const word = this.#before?.[later.index * this.#width + (earlier.index >> 5)] ?? 0;
    return (word & (1 << (earlier.index & 31))) !== 0;
  }
}
