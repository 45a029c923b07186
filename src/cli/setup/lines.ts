import type { PlanItem, SetupItem } from '../../setup/plan.ts';

/** A plan for a person, a line an item. */
export function planLines(plan: readonly PlanItem[]): string[] {
  const width = Math.max(...plan.map(({ state }) => state.length));
  return plan.map(
    ({ name, state, detail }) => `${state.padEnd(width)}  ${name}${detail === undefined ? '' : `: ${indented(detail)}`}`,
  );
}

/** What became of an item. */
export function itemLine({ name, outcome, detail }: SetupItem): string {
  return `${outcome.padEnd(14)}  ${name}${detail === undefined ? '' : `: ${indented(detail)}`}`;
}

/** A cause and its cure stand on lines of their own. */
function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
