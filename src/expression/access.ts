import { nearest } from '../diagnostics/nearest.ts';
import { aboutWord } from '../diagnostics/words.ts';
import { type Problem, problemAt } from './problem.ts';
import type { Access, Span } from './syntax.ts';
import { quote } from './syntax-error.ts';
import { array, describeKinds, nothing, number, object, string, type Type, unknownType } from './types.ts';

/** The type of what `access` picks from a value of type `base`. Adds to `problems` when it cannot pick anything. */
export function accessedType(base: Type, access: Access, keyType: Type, problems: Problem[]): Type {
  const kinds = base.kinds & ~nothing;
  if (kinds === 0) return unknownType;
  const byName = kinds & object && keyType.kinds & string;
  const byIndex = kinds & array && keyType.kinds & number;
  if (!byName && !byIndex) {
    problems.push(wrongAccess(kinds, access));
    return unknownType;
  }
  if (!byName) return base.items ? orNull(base.items) : unknownType;
  if (access.key.kind !== 'string') return unknownType;
  return orNull(propertyType(base, access.key.value, access.key, problems));
}

/** An element may be missing, and a property absent or null. */
function orNull(type: Type): Type {
  return type.kinds & nothing ? type : { ...type, kinds: type.kinds | nothing };
}

/** The property `name`, or the one at the end of a path: Power Automate writes `outputs('x')?['body/value']` for two steps. */
function propertyType({ properties, open }: Type, name: string, where: Span, problems: Problem[]): Type {
  if (!properties) return unknownType;
  const direct = properties.get(name);
  if (direct) return direct;
  const slash = name.indexOf('/');
  const parent = properties.get(name.slice(0, Math.max(0, slash)));
  if (parent) return propertyType(parent, name.slice(slash + 1), where, problems);

  const names = [...properties.keys()];
  const near = nearest(name, names);
  const isSlip = near !== undefined && near.toLowerCase() !== name.toLowerCase();
  if (!open || isSlip) {
    const cure = near
      ? `Did you mean ${quote(near)}?`
      : `It has ${names.slice(0, mostListed).map(quote).join(', ')}${names.length > mostListed ? ', …' : ''}`;
    problems.push(
      problemAt('unknown-property', where, `The value has no property ${quote(name)}`, cure, aboutWord(name, names, near)),
    );
  }
  return unknownType;
}

const mostListed = 8;

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
