import { functionNamed } from '../../expression/functions.ts';
import { type Reference, referenceOf } from '../../expression/references.ts';
import type { Call, Expression, Template } from '../../expression/syntax.ts';
import { anything, array, object, string } from '../../expression/types.ts';
import { access, element, type Taint, within } from './taint.ts';

/** The secrets in what a reference gives, its accesses not counted. */
export type Resolve = (reference: Reference) => readonly Taint[];

/** The secrets in the value that the service makes of a string. */
export function taintsOfTemplate(template: Template, resolve: Resolve): Taint[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return taintsOf(template.expression, resolve);
  return template.segments.flatMap((segment) =>
    segment.kind === 'expression' ? asWhole(taintsOf(segment.expression, resolve)) : [],
  );
}

function taintsOf(expression: Expression, resolve: Resolve): Taint[] {
  if (expression.kind !== 'call') return [];
  const reference = referenceOf(expression);
  let taints = reference ? [...resolve(reference)] : resultOf(expression, resolve);
  for (const { key } of expression.accesses) taints = access(taints, key);
  return taints;
}

/** What can hold a secret: neither a truth value nor a number does. */
const holding = string | array | object;

function resultOf(call: Call, resolve: Resolve): Taint[] {
  const signature = functionNamed(call.name);
  if (!signature || (signature.returns & holding) === 0) return [];
  const { arguments: given } = call;
  const of = (index: number) => {
    const argument = given[index];
    return argument ? taintsOf(argument, resolve) : [];
  };
  const all = () => given.flatMap((argument) => taintsOf(argument, resolve));
  switch (signature.name) {
    case 'if':
      return [...of(1), ...of(2)];
    case 'json':
    case 'parse':
    case 'coalesce':
    case 'union':
    case 'intersection':
    case 'mergeObjects':
    case 'reverse':
    case 'sort':
    case 'skip':
    case 'take':
      return all();
    case 'first':
    case 'last':
      return element(of(0));
    case 'array':
    case 'createArray':
      return all().map((taint) => within(taint, ['*']));
    case 'addProperty':
    case 'setProperty':
      return [...without(of(0), given[1]), ...propertyOf(of(2), given[1])];
    case 'removeProperty':
      return without(of(0), given[1]);
    // What is looked for, or put where something was, does not matter for what comes out; nor does a format.
    case 'split':
    case 'substring':
    case 'slice':
    case 'xpath':
      return asWhole(of(0));
    case 'replace':
      return asWhole([...of(0), ...of(2)]);
    default:
      return (signature.returns & anything) === 0 ? [] : asWhole(all());
  }
}

/** What a text is made of can no longer be told apart. */
function asWhole(taints: readonly Taint[]): Taint[] {
  return taints.map((taint) => (taint.path.length === 0 ? taint : { ...taint, path: [] }));
}

function without(taints: readonly Taint[], key: Expression | undefined): Taint[] {
  return taints.filter(({ path }) => key?.kind !== 'string' || path[0] !== key.value.toLowerCase());
}

function propertyOf(taints: readonly Taint[], key: Expression | undefined): Taint[] {
  return key?.kind === 'string' ? taints.map((taint) => within(taint, [key.value.toLowerCase()])) : asWhole(taints);
}
