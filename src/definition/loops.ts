import type { ActionEntry } from './walk.ts';

/** The nearest loop around an action. */
export function loopAround(entry: ActionEntry): ActionEntry | undefined {
  let here = entry.parent;
  while (here && here.typeWord !== 'foreach' && here.typeWord !== 'until') here = here.parent;
  return here;
}
