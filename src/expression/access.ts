import { nearest } from './nearest.ts';
import { type Problem, problemAt } from './problem.ts';
import type { Access } from './syntax.ts';
import { quote } from './syntax-error.ts';
import { array, describeKinds, nonNull, nothing, number, object, string, type Type, unknownType } from './types.ts';

/** The type of what `access` picks from a value of type `base`. Adds to `problems` when it cannot pick anything. */
export function accessedType(base: Type, access: Access, keyType: Type, problems: Problem[]): Type {
  const { kinds, properties, items } = nonNull(base);
  if (kinds === 0) return unknownType;
  const byName = kinds & object && keyType.kinds & string;
  const byIndex = kinds & array && keyType.kinds & number;
  if (!byName && !byIndex) {
    problems.push(wrongAccess(kinds, access));
    return unknownType;
  }
  if (!byName) return items ? orNull(items) : unknownType;
  if (kinds !== object || !properties || access.key.kind !== 'string') return unknownType;
  const property = propertyAt(properties, access.key.value);
  if (property) return orNull(property);
  problems.push(unknownProperty(access.key.value, properties, access));
  return unknownType;
}

/** An element may be missing, and a property absent: with `?` the value is null then. */
function orNull(type: Type): Type {
  return { ...type, kinds: type.kinds | nothing };
}

/** The property `name`, or the one at the end of a path: Power Automate writes `outputs('x')?['body/value']` for two steps. */
function propertyAt(properties: ReadonlyMap<string, Type>, name: string): Type | undefined {
  const direct = properties.get(name);
  if (direct) return direct;
  const slash = name.indexOf('/');
  if (slash === -1) return undefined;
  const parent = properties.get(name.slice(0, slash));
  if (!parent) return undefined;
  return parent.properties ? propertyAt(parent.properties, name.slice(slash + 1)) : unknownType;
}

function unknownProperty(name: string, properties: ReadonlyMap<string, Type>, access: Access): Problem {
  const names = [...properties.keys()];
  const near = nearest(name, names);
  const listed = names.slice(0, 8).map(quote);
  const help = near ? `Did you mean ${quote(near)}?` : `It has ${listed.join(', ')}${names.length > listed.length ? ', …' : ''}`;
  return problemAt('unknown-property', access.key, `The value has no property ${quote(name)}`, help);
}

function wrongAccess(kinds: number, access: Access): Problem {
  const found = `The value is ${describeKinds(kinds)}`;
  if (kinds & array) {
    return problemAt(
      'wrong-access',
      access.key,
      `${found}: its elements have numbers, not names`,
      'Pick one element first, such as `[0]` or `first(…)`',
    );
  }
  if (kinds & object) return problemAt('wrong-access', access.key, `${found}: its properties have names, not numbers`);
  return problemAt('wrong-access', access.key, `${found}: nothing can be picked from it`);
}
