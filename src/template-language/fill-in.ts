import { pointerStep } from '../json/pointer.ts';
import { type ArmScope, evaluate } from './evaluate.ts';
import { isArmExpression, isEscaped, parseArmExpression } from './expression.ts';
import { type Known, unknown } from './value.ts';

export interface Fill {
  /** The value as ARM hands it on. What only the deployment knows stays as it is written, `[…]`. */
  readonly value: unknown;
  /** Pointers of the strings that were replaced. */
  readonly filledIn: ReadonlySet<string>;
  /** Whether an expression is left in it. */
  readonly isOpen: boolean;
}

/**
 * What becomes of a value of a template: constants filled in, `[[` read as `[`. A template inside a template goes through ARM
 * once for each `scopes`, the outermost first. Parts that do not change are the same objects.
 */
export function fillIn(value: Known, scopes: readonly ArmScope[]): Fill {
  const filledIn = new Set<string>();
  let isOpen = false;
  const visit = (here: unknown, pointer: string): unknown => {
    if (typeof here === 'string') {
      const { value, open } = fillString(here, scopes);
      if (open) isOpen = true;
      if (value !== here) filledIn.add(pointer);
      return value;
    }
    if (Array.isArray(here)) {
      const items = here.map((item, index) => visit(item, `${pointer}/${index}`));
      return items.some((item, index) => item !== here[index]) ? items : here;
    }
    if (typeof here !== 'object' || here === null) return here;
    const members = Object.entries(here).map(([key, inner]) => [key, inner, visit(inner, pointer + pointerStep(key))] as const);
    return members.some(([, before, after]) => before !== after)
      ? Object.fromEntries(members.map(([key, , after]) => [key, after]))
      : here;
  };
  const filled = visit(value, '');
  return { value: filled, filledIn, isOpen };
}

function fillString(text: string, scopes: readonly ArmScope[]): { value: unknown; open: boolean } {
  let here: unknown = text;
  for (const scope of scopes) {
    if (typeof here !== 'string') break;
    if (isEscaped(here)) here = here.slice(1);
    else if (isArmExpression(here)) {
      const tree = parseArmExpression(here);
      const result = tree ? evaluate(tree, scope) : unknown;
      if (result === unknown || !isAffordable(result, scope.budget)) return { value: here, open: true };
      here = result;
    }
  }
  return { value: here, open: false };
}

/** Whether a value may be put in: variables that repeat each other can stand for more than any memory holds. */
function isAffordable(value: unknown, budget: { left: number }): boolean {
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    budget.left -= typeof next === 'string' ? next.length + 1 : 1;
    if (budget.left < 0) return false;
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return true;
}
