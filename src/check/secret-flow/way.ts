import type { Step } from '../rule.ts';
import type { Taint } from './taint.ts';

/** The way of a secret up to one step. Ways that begin alike share their beginning. */
export interface Way {
  readonly step: Step;
  /** The way up to the step before. */
  readonly before: Way | undefined;
  /** How many steps it has. */
  readonly length: number;
  /** Its first steps, at most as many as a shortened way shows. */
  readonly first: readonly Step[];
}

/** Of a longer way, some steps at its beginning and some at its end are told: nobody reads more, and each finding tells its own. */
const [shownFirst, shownLast] = [6, 6];

/** A way and one step more. */
export function onward(before: Way | undefined, step: Step): Way {
  const first = before?.first ?? [];
  return {
    step,
    before,
    length: (before?.length ?? 0) + 1,
    first: first.length < shownFirst ? [...first, step] : first,
  };
}

/** The steps of a secret's way, from its source; of a long one, its middle is one step that says how many there are. */
export function stepsOf({ source, way }: Taint): Step[] {
  return [...(source.before ?? []), ...shortened(way)];
}

function shortened(way: Way): Step[] {
  const isLong = way.length > shownFirst + shownLast + 1;
  const most = isLong ? shownLast : way.length;
  const last: Step[] = [];
  let here: Way | undefined = way;
  for (; here && last.length < most; here = here.before) last.unshift(here.step);
  if (!isLong || !here) return last;
  const left = way.length - shownFirst - shownLast;
  return [...way.first, { ...here.step, message: `… ${left.toLocaleString('en')} more` }, ...last];
}
