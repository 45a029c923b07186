import type { Composed } from '../check/sign-ins/form.ts';
import type { Subject } from '../check/subject.ts';
import { changedVariable } from '../definition/variables.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { functionNamed } from '../expression/functions.ts';
import { referenceOf } from '../expression/references.ts';
import type { Expression } from '../expression/syntax.ts';

/** Whether what a value is made of gives the same in a later action as in the one that it stands in, as far as that is sure. */
export function isSameLater(parts: readonly Composed[], here: ActionEntry, later: ActionEntry, subject: Subject): boolean {
  return parts.every(({ sources }) => sources.every((source) => isSame(source, here, later, subject)));
}

function isSame(expression: Expression, here: ActionEntry, later: ActionEntry, subject: Subject): boolean {
  if (expression.kind !== 'call') return true;
  const parts = [...expression.arguments, ...expression.accesses.map(({ key }) => key)];
  const signature = functionNamed(expression.name);
  if (!signature || signature.varies || !parts.every((part) => isSame(part, here, later, subject))) return false;
  const reference = referenceOf(expression);
  switch (reference?.kind) {
    case undefined:
    case 'parameter':
    case 'trigger':
    case 'workflow':
    case 'appSetting':
      return true;
    case 'variable': {
      const word = reference.name?.toLowerCase();
      return word !== undefined && !subject.actions.some((action) => changedVariable(action)?.toLowerCase() === word);
    }
    case 'action': {
      const target = reference.name === undefined ? undefined : subject.actionNamed(reference.name);
      if (!target || reference.function === 'result' || !subject.order.mayRefer(later, target)) return false;
      return isInSameRound(here, later);
    }
    case 'item':
      return loopsAround(here)[0] === loopsAround(later)[0];
    case 'loop':
      return isInSameRound(here, later);
    default:
      return false;
  }
}

/** Whether a later action runs in the same round of every loop around another one. */
function isInSameRound(here: ActionEntry, later: ActionEntry): boolean {
  const around = new Set(loopsAround(later));
  return loopsAround(here).every((loop) => around.has(loop));
}

/** The loops that an action stands in, the innermost first. */
function loopsAround({ parent }: ActionEntry): ActionEntry[] {
  const loops: ActionEntry[] = [];
  for (let here = parent; here; here = here.parent)
    if (here.typeWord === 'foreach' || here.typeWord === 'until') loops.push(here);
  return loops;
}
