import { aboutWord } from '../diagnostics/words.ts';
import { type FunctionSignature, functions, nearestFunction } from './functions.ts';
import { type Problem, problemAt } from './problem.ts';
import type { Call, Expression } from './syntax.ts';
import { quote } from './syntax-error.ts';
import { describeKinds, type Type } from './types.ts';

const functionNames = functions.map(({ name }) => name);

/** A call of a function that is not in the table. */
export function unknownFunction(call: Call): Problem {
  const name = { start: call.start, end: call.start + call.name.length };
  const near = nearestFunction(call.name);
  return problemAt(
    'unknown-function',
    name,
    `There is no function ${quote(call.name)}`,
    near && `Did you mean \`${near}\`?`,
    aboutWord(call.name, functionNames, near),
  );
}

/** Reports a wrong number of arguments or, when it is right, each one of a wrong type. `types` are those of the arguments. */
export function checkArguments(call: Call, signature: FunctionSignature, types: readonly Type[], problems: Problem[]): void {
  const { name, parameters, required, repeats } = signature;
  const count = call.arguments.length;
  if (count < required || (count > parameters.length && !repeats)) {
    const message = `\`${name}\` takes ${describeCount(signature)}, not ${count}`;
    problems.push(problemAt('argument-count', call, message, `Its form is \`${describeForm(signature)}\``, { found: name }));
    return;
  }
  for (let index = 0; index < count; index++) {
    const parameter = parameters[Math.min(index, parameters.length - 1)];
    const [argument, type] = [call.arguments[index], types[index]];
    if (!argument || !parameter || !type) continue;
    const constant = index === 0 ? constantProblem(argument, name) : undefined;
    if (constant) problems.push(constant);
    if (constant || type.kinds & parameter.kinds) continue;
    const message = `Argument ${index + 1} of \`${name}\` must be ${describeKinds(parameter.kinds)}, not ${describeKinds(type.kinds)}`;
    problems.push(problemAt('argument-type', argument, message, `Its form is \`${describeForm(signature)}\``, { found: name }));
  }
}

/** What a text must be that a function makes a number or a truth value of. Only what can be none is left out. */
const convertible: Readonly<Record<string, { readonly pattern: RegExp; readonly words: string }>> = {
  bool: { pattern: /^\s*(?:true|false)\s*$|\d/i, words: 'true or false' },
  int: { pattern: /\d/, words: 'a whole number' },
  float: { pattern: /\d|^\s*[+-]?(?:nan|infinity)\s*$/i, words: 'a number' },
  decimal: { pattern: /\d/, words: 'a number' },
};

/** The first argument of a conversion that is a text which cannot be converted. */
function constantProblem(argument: Expression, name: string): Problem | undefined {
  const taken = Object.hasOwn(convertible, name) ? convertible[name] : undefined;
  if (!taken || argument.kind !== 'string' || taken.pattern.test(argument.value)) return undefined;
  const message = `\`${name}\` fails on ${quote(`'${argument.value}'`)}: the text must be ${taken.words}`;
  return problemAt('argument-type', argument, message, undefined, { found: name });
}

function describeCount({ parameters, required, repeats }: FunctionSignature): string {
  const most = parameters.length;
  if (repeats) return `${required} or more arguments`;
  if (most === 0) return 'no arguments';
  const range = required === most ? `${most}` : `${required} ${most - required > 1 ? 'to' : 'or'} ${most}`;
  return `${range} argument${most === 1 ? '' : 's'}`;
}

/** Such as `substring(text, startIndex, length?)`. */
function describeForm({ name, parameters, required, repeats }: FunctionSignature): string {
  const names = parameters.map((parameter, index) => (index < required || repeats ? parameter.name : `${parameter.name}?`));
  return `${name}(${names.join(', ')}${repeats ? ', …' : ''})`;
}
