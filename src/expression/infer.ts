import { accessedType } from './access.ts';
import { checkArguments, unknownFunction } from './arguments.ts';
import { checkConditions, checkEquality } from './constant.ts';
import { type FunctionSignature, functionNamed } from './functions.ts';
import type { Problem } from './problem.ts';
import { expressionsOf, type Reference, referenceOf } from './references.ts';
import type { Call, Expression, Literal, Template } from './syntax.ts';
import { array, boolean, either, float, integer, nothing, string, type Type, unknownType } from './types.ts';

/** What is known of the workflow around an expression. */
export interface Environment {
  /** The type of what the call gives, its accesses not counted; undefined when it is not known. */
  typeOf(reference: Reference): Type | undefined;
}

export interface Inference {
  /** The type of the value that the service makes of the string. */
  readonly type: Type;
  readonly problems: readonly Problem[];
}

/**
 * The type of a template's value, and what in it cannot be right: unknown functions, wrong counts and kinds of arguments, properties
 * that a known type lacks, conditions that never change. Only what is certain is a problem. Never throws.
 */
export function inferTemplate(template: Template, environment: Environment): Inference {
  const expressions = expressionsOf(template);
  const problems: Problem[] = [];
  const types = expressions.map((expression) => inferExpression(expression, environment, problems));
  for (const expression of expressions) checkConditions(expression, problems);
  const type = template.kind === 'expression' ? types[0] : undefined;
  return { type: type ?? { kinds: string }, problems };
}

function inferExpression(expression: Expression, environment: Environment, problems: Problem[]): Type {
  if (expression.kind !== 'call') return typeOfLiteral(expression);
  const argumentTypes: Type[] = [];
  for (const each of expression.arguments) argumentTypes.push(inferExpression(each, environment, problems));
  const signature = functionNamed(expression.name);
  if (signature) checkArguments(expression, signature, argumentTypes, problems);
  else problems.push(unknownFunction(expression));
  checkEquality(expression, argumentTypes, problems);

  let type = (signature && resultType(expression, signature, argumentTypes, environment)) ?? unknownType;
  for (const access of expression.accesses)
    type = accessedType(type, access, inferExpression(access.key, environment, problems), problems);
  return type;
}

const literals = { string: { kinds: string }, boolean: { kinds: boolean }, null: { kinds: nothing } } as const;

function typeOfLiteral(literal: Literal): Type {
  if (literal.kind !== 'number') return literals[literal.kind];
  return { kinds: /[.e]/i.test(literal.text) ? float : integer };
}

/** What a call gives before its accesses. */
function resultType(call: Call, signature: FunctionSignature, argumentTypes: readonly Type[], environment: Environment): Type {
  const reference = referenceOf(call);
  const declared = { kinds: signature.returns };
  if (reference) return environment.typeOf(reference) ?? declared;
  const [first, second, third] = argumentTypes;
  switch (signature.name) {
    case 'if':
      return second && third ? either(second, third) : declared;
    case 'coalesce':
      return argumentTypes.length > 0 ? argumentTypes.reduce(either) : declared;
    case 'createArray':
      return argumentTypes.length > 0 ? { ...declared, items: argumentTypes.reduce(either) } : declared;
    case 'first':
    case 'last':
      return first?.kinds === array && first.items ? { ...first.items, kinds: first.items.kinds | nothing } : declared;
    default:
      return declared;
  }
}
