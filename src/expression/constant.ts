import { type FunctionSignature, functionNamed } from './functions.ts';
import { printExpression } from './printer.ts';
import { type Problem, problemAt } from './problem.ts';
import type { Call, Expression } from './syntax.ts';
import { boolean, describeKinds, nothing, number, type Type } from './types.ts';

/** Reports the calls of an expression that look like conditions and give the same on every run; of nested ones, the outermost. */
export function checkConditions(expression: Expression, problems: Problem[]): void {
  if (isConstant(expression, problems) && expression.kind === 'call') reportCondition(expression, problems);
}

/** Whether the value is the same on every run. Reports the constant conditions inside a value that is not. */
function isConstant(expression: Expression, problems: Problem[]): boolean {
  if (expression.kind !== 'call') return true;
  const constantCalls: Call[] = [];
  let isSame = true;
  const look = (part: Expression) => {
    if (!isConstant(part, problems)) isSame = false;
    else if (part.kind === 'call') constantCalls.push(part);
  };
  expression.arguments.forEach(look);
  for (const { key } of expression.accesses) look(key);
  const signature = functionNamed(expression.name);
  if (isSame && signature && !signature.refersTo && !signature.varies) return true;
  for (const call of constantCalls) reportCondition(call, problems);
  if (comparesWithItself(expression, signature))
    problems.push(problemAt('constant-condition', expression, 'This compares a value with itself'));
  return false;
}

function reportCondition(call: Call, problems: Problem[]): void {
  const signature = functionNamed(call.name);
  // bool('true') is how a boolean is written in a field of the designer that only takes text.
  if (signature?.returns !== boolean || signature.name === 'bool') return;
  problems.push(
    problemAt(
      'constant-condition',
      call,
      'This condition never changes: nothing in it comes from the run',
      'Compare with a value such as `body(…)` or `variables(…)`',
    ),
  );
}

const comparisons = new Set(['equals', 'strongEquals', 'greater', 'greaterOrEquals', 'less', 'lessOrEquals']);

function comparesWithItself(call: Call, signature: FunctionSignature | undefined): boolean {
  if (!signature || !comparisons.has(signature.name)) return false;
  const [left, right] = call.arguments;
  return (
    left?.kind === 'call' &&
    right?.kind === 'call' &&
    left.name === right.name &&
    !varies(left) &&
    printExpression(left) === printExpression(right)
  );
}

function varies(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  const signature = functionNamed(expression.name);
  return (
    !signature ||
    signature.varies === true ||
    expression.arguments.some(varies) ||
    expression.accesses.some((access) => varies(access.key))
  );
}

/** Reports an `equals` whose two values are never of one kind. A comparison with null is never reported: most values can be null after all. */
export function checkEquality(call: Call, [left, right]: readonly Type[], problems: Problem[]): void {
  if (!left || !right || functionNamed(call.name)?.name !== 'equals') return;
  if (left.kinds === nothing || right.kinds === nothing) return;
  // Two literals are reported as a constant condition already.
  if (call.arguments.every((argument) => argument.kind !== 'call')) return;
  if (numbersAsOne(left.kinds) & numbersAsOne(right.kinds)) return;
  const message = `This condition never holds: one side is ${describeKinds(left.kinds)}, the other ${describeKinds(right.kinds)}`;
  problems.push(problemAt('constant-condition', call, message, 'Convert one side with `int(…)`, `string(…)` or `bool(…)`'));
}

/** The kinds with all numbers counted as one kind: 1 may equal 1.0. */
function numbersAsOne(kinds: number): number {
  return kinds & number ? kinds | number : kinds;
}
