import { type Line, line } from '../../diagnostics/line.ts';
import type { PlanItem, SetupItem } from '../../setup/plan.ts';

/** A plan for a person, a line an item. */
export function planLines(plan: readonly PlanItem[]): Line[] {
  const width = Math.max(...plan.map(({ state }) => state.length));
  return plan.flatMap(({ name, state, detail }) => withDetail(line`${state.padEnd(width)}  ${name}`, detail));
}

/** What became of an item. */
export function itemLines({ name, outcome, detail }: SetupItem): Line[] {
  return withDetail(line`${outcome.padEnd(14)}  ${name}`, detail);
}

/** A cause and its cure stand on lines of their own. */
function withDetail(start: Exclude<Line, string>, detail: string | undefined): Line[] {
  if (detail === undefined) return [start];
  const [first = '', ...more] = detail.split('\n');
  return [[...start, `: ${first}`], ...more.map((text) => `  ${text}`)];
}
