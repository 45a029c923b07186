import type { ActionEntry } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { referenceOf } from '../../../expression/references.ts';
import type { Expression } from '../../../expression/syntax.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { fromPointer } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import type { Subject, TemplateEntry } from '../../subject.ts';

export const failureNotSeen: Rule = {
  name: 'failure-not-seen',
  severity: 'warning',
  category: 'correctness',
  summary: 'What asks for the status of a failed call runs when the call has failed',
  check: (subject, report) => {
    for (const entry of subject.templates) {
      const { action, template, pointer } = entry;
      if (!action || action.node.expression === undefined || template?.kind !== 'expression') continue;
      for (const { status, value } of comparisons(entry, template.expression)) {
        const call = callAskedFor(subject, status);
        if (!call || !runsOnlyAfterSuccess(action, call)) continue;
        const { name } = call;
        if (value >= 400)
          report({
            pointer,
            message: `"${action.name}" asks whether "${name}" was answered with ${value}, and runs only when it succeeded: a call that is answered so has failed`,
            about: { found: name },
            help: `add "Failed" to the statuses of "${name}" in runAfter`,
          });
        else if (value >= 200 && value < 300 && hasElse(action))
          report({
            pointer,
            message: `when "${name}" fails, "${action.name}" is skipped, and with it what it does otherwise`,
            about: { found: name },
            help: `add "Failed" to the statuses of "${name}" in runAfter, where the other branch is meant for failed calls`,
            severity: 'info',
          });
      }
    }
  },
};

function hasElse({ node }: ActionEntry): boolean {
  const other = member(node, 'else', 'actions');
  return isObject(other) && Object.keys(other).length > 0;
}

interface Comparison {
  readonly status: Expression;
  readonly value: number;
}

/** `equals(a, 404)` in the expression, or `{ "equals": ["@a", 404] }` around it. */
function comparisons({ action, pointer }: TemplateEntry, expression: Expression): Comparison[] {
  if (pointer.endsWith('/equals/0') || pointer.endsWith('/equals/1')) {
    const path = fromPointer(pointer.slice(action?.pointer.length ?? 0));
    const index = path.pop();
    let here: unknown = action?.node;
    for (const key of path) here = (here as Record<string, unknown> | undefined)?.[key];
    const other = Array.isArray(here) ? here[index === '0' ? 1 : 0] : undefined;
    return typeof other === 'number' ? [{ status: expression, value: other }] : [];
  }
  return equalities(expression);
}

function equalities(expression: Expression): Comparison[] {
  if (expression.kind !== 'call') return [];
  const [left, right] = expression.arguments;
  if (!/^equals$/i.test(expression.name) || !left || !right) return expression.arguments.flatMap(equalities);
  const [status, number] = left.kind === 'number' ? [right, left] : [left, right];
  return number.kind === 'number' ? [{ status, value: Number(number.text) }] : [];
}

/** The HTTP action whose status code an expression gives: `outputs('A')?['statusCode']`. */
function callAskedFor(subject: Subject, expression: Expression): ActionEntry | undefined {
  const reference = expression.kind === 'call' ? referenceOf(expression) : undefined;
  if (reference?.function !== 'outputs' || reference.name === undefined) return undefined;
  const [access, ...others] = reference.call.accesses;
  if (others.length > 0 || access?.key.kind !== 'string' || access.key.value.toLowerCase() !== 'statuscode') return undefined;
  const call = subject.actionNamed(reference.name);
  return call?.typeWord === 'http' ? call : undefined;
}

/** Whether an action, or one around it, comes right after a call and asks that it succeeded. */
function runsOnlyAfterSuccess(action: ActionEntry, call: ActionEntry): boolean {
  for (let here: ActionEntry | undefined = action; here; here = here.parent) {
    if (here.group !== call.group) continue;
    const { runAfter } = here.node;
    const statuses = isObject(runAfter)
      ? Object.entries(runAfter).find(([name]) => name.toLowerCase() === call.nameWord)?.[1]
      : undefined;
    return Array.isArray(statuses) && statuses.every((status) => /^succeeded$/i.test(asText(status)));
  }
  return false;
}
