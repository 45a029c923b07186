import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import type { FoundReference } from '../../subject.ts';

export const trackedProperties: Rule = {
  name: 'tracked-properties',
  severity: 'error',
  category: 'correctness',
  summary: 'Tracked properties refer to their own action, the trigger and parameters, and to nothing else',
  check: (subject, report) => {
    for (const kind of ['action', 'variable', 'loop', 'item'] as const) {
      for (const found of subject.references(kind)) {
        if (!isTracked(found)) continue;
        const { entry, reference } = found;
        const { name, function: called } = reference;
        if (kind === 'action' && (name === undefined || name.toLowerCase() === entry.action?.nameWord)) continue;
        report({
          pointer: entry.pointer,
          part: partIn(entry, reference),
          message: `tracked properties of "${entry.action?.name}" refer to ${name === undefined ? `${called}()` : `"${name}"`}, and they may refer to their own action only`,
          about: name === undefined ? undefined : { found: name },
          help: `refer to the inputs and outputs of "${entry.action?.name}" itself, to the trigger, or to parameters; track another value at the action that has it`,
        });
      }
    }
  },
};

/** Whether a reference stands in the tracked properties of an action, where other rules hold than in its inputs. */
export function isTracked({ entry: { member, action } }: Pick<FoundReference, 'entry'>): boolean {
  return action !== undefined && member === 'trackedProperties';
}
