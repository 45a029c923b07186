import type { ActionEntry } from '../../../definition/walk.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';

export const itemsOutsideLoop: Rule = {
  name: 'items-outside-loop',
  severity: 'error',
  category: 'correctness',
  summary: 'items() and iterationIndexes() stand inside the loop that they name',
  check: (subject, report) => {
    for (const { entry, reference } of subject.references('loop')) {
      const { pointer, action } = entry;
      const { name, function: called } = reference;
      if (name === undefined || isAround(name, action)) continue;
      const loop = subject.actionNamed(name);
      report({
        pointer,
        part: partIn(entry, reference),
        message: loop
          ? `${called}() names "${loop.name}", but does not stand inside it`
          : `${called}() names "${name}", but there is no such loop`,
        about: { found: loop?.name ?? name },
        help: action && insideHelp(action),
      });
    }
    for (const { entry, reference } of subject.references('item')) {
      const { action, pointer } = entry;
      if (!action || iterates.has(action.typeWord) || isInForeach(action)) continue;
      report({
        pointer,
        part: partIn(entry, reference),
        message: `${reference.function}() is not in a loop, and "${action.name}" goes through no list: the run fails`,
        help: 'move it into a Foreach, a Select, a Filter array or a table',
        severity: 'warning',
      });
    }
  },
};

/** Actions with an item of their own. */
const iterates: ReadonlySet<string> = new Set(['select', 'query', 'table']);

function isInForeach(action: ActionEntry): boolean {
  let here = action.parent;
  while (here && here.typeWord !== 'foreach') here = here.parent;
  return here !== undefined;
}

/** Whether a loop of the name is the action or around it: the condition of Until may ask for its own round. */
function isAround(name: string, action: ActionEntry | undefined): boolean {
  const word = name.toLowerCase();
  for (let here = action; here; here = here.parent) if (here.name.toLowerCase() === word) return isLoop(here);
  return false;
}

function isLoop({ typeWord }: ActionEntry): boolean {
  return typeWord === 'foreach' || typeWord === 'until';
}

function insideHelp(action: ActionEntry): string {
  for (let here = action.parent; here; here = here.parent) if (isLoop(here)) return `the loop here is "${here.name}"`;
  return 'move the action into the loop, or keep what it needs in a variable';
}
