import { parameterType } from '../../definition/parameters.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { choice } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { groupOf, toValue } from '../values/json.ts';
import type { Value } from '../values/value.ts';

/**
 * The values of the parameters that a definition declares, by name in lower case: those that are given, else the defaults. Throws a
 * UsageError for a value of a parameter that is not declared. A parameter without a value is left out, and refused where an expression asks for it.
 */
export function parametersOf(definition: unknown, given: Readonly<Record<string, unknown>> = {}): Map<string, Value> {
  const declared = member(definition, 'parameters');
  const names = Object.keys(isObject(declared) ? declared : {});
  const wordsOf = new Map(names.map((name) => [name.toLowerCase(), name]));
  for (const name of Object.keys(given))
    if (!wordsOf.has(name.toLowerCase())) throw new UsageError(`the workflow has no parameter "${name}": ${choice(name, names)}`);
  const values = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const found = new Map<string, Value>();
  for (const [word, name] of wordsOf) {
    const declaration = member(declared, name);
    const value = values.has(word) ? values.get(word) : member(declaration, 'defaultValue');
    if (value !== undefined) found.set(word, toValue(value));
    // Connections are no values of the definition: who deploys it puts them in, and mocks answer for them.
    else if (word.startsWith('$') && parameterType(member(declaration, 'type'))?.endsWith('Object')) found.set(word, groupOf([]));
  }
  return found;
}
