import { functionNamed, type ReferenceKind } from './functions.ts';
import type { Call, Expression, Span, Template } from './syntax.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';
import { parseTemplate } from './template.ts';

/** A call that takes its value from elsewhere in the workflow: `body('Get_secret')`, `variables('x')`, `triggerBody()`. */
export interface Reference extends Span {
  readonly kind: ReferenceKind;
  /** The function as the table spells it: `triggerBody`, whatever the case in the text. */
  readonly function: string;
  /** What is referred to, as written; the language ignores case in it. Undefined when it is computed or the function takes no name. */
  readonly name: string | undefined;
  readonly call: Call;
}

/** The reference that a call is, if it is one. `start` and `end` are those of the literal name, or of the call when it has none. */
export function referenceOf(call: Call): Reference | undefined {
  const signature = functionNamed(call.name);
  if (!signature?.refersTo) return undefined;
  const first = namesItsTarget.has(signature.refersTo) ? call.arguments[0] : undefined;
  const named = first?.kind === 'string' ? first : undefined;
  const { start, end } = named ?? call;
  return { kind: signature.refersTo, function: signature.name, name: named?.value, call, start, end };
}

/** The first argument of the functions that refer to these says which one is meant. */
const namesItsTarget: ReadonlySet<ReferenceKind> = new Set([
  'action',
  'agentParameter',
  'appSetting',
  'loop',
  'parameter',
  'variable',
]);

/** Every reference in a template, in the order of the text. */
export function listReferences(template: Template): Reference[] {
  const found: Reference[] = [];
  for (const expression of expressionsOf(template))
    visitCalls(expression, (call) => {
      const reference = referenceOf(call);
      if (reference) found.push(reference);
    });
  return found;
}

/** The same of a text; none in one that does not parse, for the checker has its say on that. */
export function listReferencesIn(text: string): Reference[] {
  try {
    return listReferences(parseTemplate(text));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [];
    throw error;
  }
}

/** The expressions that stand in a template, in the order of the text. */
export function expressionsOf(template: Template): Expression[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return [template.expression];
  return template.segments.flatMap((segment) => (segment.kind === 'expression' ? [segment.expression] : []));
}

/** Every function call in a template, in the order of the text. */
export function callsIn(template: Template): Call[] {
  const found: Call[] = [];
  for (const expression of expressionsOf(template)) visitCalls(expression, (call) => found.push(call));
  return found;
}

function visitCalls(expression: Expression, visit: (call: Call) => void): void {
  if (expression.kind !== 'call') return;
  visit(expression);
  for (const argument of expression.arguments) visitCalls(argument, visit);
  for (const access of expression.accesses) visitCalls(access.key, visit);
}
