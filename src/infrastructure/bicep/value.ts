import type { Resource } from '../model.ts';
import { type Computation, Computed, hasMembers, isList, surroundingsCalls, type Value } from '../value.ts';
import { bicepKey, bicepText, insideText } from './literal.ts';
import { silencedIn } from './type-gaps.ts';

/**
 * A value in Bicep. What has members goes over several lines; `indent` is that of its first one, `silenced` as for `bicepObject`.
 */
export function bicepValue(value: Value, indent = '', silenced: Readonly<Record<string, string>> = {}): string {
  if (value instanceof Computed) return computed(value.is);
  if (typeof value === 'string') return bicepText(value);
  const inner = `${indent}  `;
  if (isList(value))
    return value.length === 0 ? '[]' : `[\n${value.map((item) => `${inner}${bicepValue(item, inner)}\n`).join('')}${indent}]`;
  if (hasMembers(value)) return bicepObject(Object.entries(value), indent, silenced);
  return String(value);
}

/** An object of members. `silenced`: by the name of a member, what tells the compiler not to report it. */
export function bicepObject(
  members: readonly (readonly [name: string, value: Value])[],
  indent: string,
  silenced: Readonly<Record<string, string>> = {},
): string {
  if (members.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = members.map(([name, value]) => {
    const silence = silenced[name] ?? silencedIn(value);
    const before = silence === undefined ? '' : `${inner}${silence}\n`;
    return `${before}${inner}${bicepKey(name)}: ${bicepValue(value, inner)}\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function computed(is: Computation): string {
  switch (is.kind) {
    case 'parameter':
      return is.name;
    case 'id':
      return idOf(is.of);
    case 'property':
      return [is.of.symbol, ...is.path].join('.');
    case 'accessKey':
      return `${is.of.symbol}.listKeys().keys[0].value`;
    case 'listed':
      return `${is.of.symbol}.list().properties`;
    case 'concatenation': {
      const whole = interpolated(is.parts);
      return is.longest === undefined ? whole : `take(${whole}, ${is.longest})`;
    }
    case 'union':
    case 'guid':
      return call(is.kind, is.of);
    case 'lowerCase':
      return call('toLower', [is.of]);
    case 'inSubscription':
      return call('subscriptionResourceId', [is.type, ...is.names]);
    case 'surroundings':
      return surroundingsCalls[is.what];
    case 'document':
      return `loadJsonContent(${bicepText(is.path)})`;
  }
}

function idOf(resource: Resource): string {
  return `${resource.symbol}.id`;
}

function interpolated(parts: readonly Value[]): string {
  return `'${parts.map((part) => (typeof part === 'string' ? insideText(part) : `\${${bicepValue(part)}}`)).join('')}'`;
}

function call(name: string, values: readonly Value[]): string {
  return `${name}(${values.map((value) => bicepValue(value)).join(', ')})`;
}
