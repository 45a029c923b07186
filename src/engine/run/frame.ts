import { refuse } from '../refusal.ts';
import type { Value } from '../values/value.ts';
import type { Iteration, OperationRecord } from './record.ts';

/** The actions that have ended around an action: those of the workflow, and in a loop those of this round. */
export class Frame {
  readonly #outer: Frame | undefined;
  readonly #records = new Map<string, OperationRecord | readonly OperationRecord[]>();
  readonly #loop: { readonly name: string; readonly index: number; readonly item: Value | undefined } | undefined;
  readonly iterations: readonly Iteration[];

  constructor(outer?: Frame, loop?: { readonly name: string; readonly index: number; readonly item?: Value }) {
    this.#outer = outer;
    this.#loop = loop && { ...loop, item: loop.item };
    this.iterations = loop ? [...(outer?.iterations ?? []), { loop: loop.name, index: loop.index }] : (outer?.iterations ?? []);
  }

  find(name: string): OperationRecord | readonly OperationRecord[] | undefined {
    const word = name.toLowerCase();
    return this.#records.get(word) ?? this.#outer?.find(word);
  }

  /** The status of an action beside; undefined where it has not ended. */
  statusOf(name: string): string | undefined {
    const found = this.#records.get(name.toLowerCase());
    return found && 'status' in found ? found.status : undefined;
  }

  keep(record: OperationRecord) {
    this.#records.set(record.name.toLowerCase(), record);
  }

  /** What each round of a loop left: outside of it, its actions are lists. */
  keepRounds(rounds: readonly Frame[]) {
    const found = new Map<string, OperationRecord[]>();
    for (const round of rounds)
      for (const [name, record] of round.#records) {
        const before = found.get(name) ?? [];
        before.push(...('status' in record ? [record] : record));
        found.set(name, before);
      }
    for (const [name, records] of found) this.#records.set(name, records);
  }

  /** What the last round left: outside of an Until, its actions are those. */
  keepLast(round: Frame) {
    for (const [name, record] of round.#records) this.#records.set(name, record);
  }

  /** The item of the loop of a name, or of the innermost one. */
  item(loop: string | undefined): Value {
    const found = this.#around(loop, true);
    return (
      found?.item ??
      (found
        ? null
        : refuse(loop === undefined ? 'item() stands in no loop.' : `There is no loop '${loop.slice(0, 80)}' around it.`))
    );
  }

  index(loop: string): number {
    return this.#around(loop, false)?.index ?? refuse(`There is no loop '${loop.slice(0, 80)}' around it.`);
  }

  #around(name: string | undefined, hasItem: boolean): { readonly index: number; readonly item: Value | undefined } | undefined {
    const word = name?.toLowerCase();
    for (let here: Frame | undefined = this; here; here = here.#outer) {
      const loop = here.#loop;
      if (loop && (!hasItem || loop.item !== undefined) && (word === undefined || loop.name.toLowerCase() === word)) return loop;
    }
    return undefined;
  }
}
