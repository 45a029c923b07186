import type { ResourceType } from '../resource-types.ts';
import { Computed, type Value } from '../value.ts';

/**
 * What Microsoft's types for Bicep lack, though the service takes it: the compiler would report each. Keys are paths from the top of a
 * resource. Source: the compiler's own findings, which a test asks for.
 */
const written: Readonly<Partial<Record<ResourceType, Readonly<Record<string, string>>>>> = {
  'Microsoft.Web/connections': {
    kind: "#disable-next-line BCP187 // Microsoft's type lacks it.",
    'properties/parameterValueType':
      "#disable-next-line BCP037 // Microsoft's type lacks it: this is how a connection signs in with a managed identity.",
    'properties/alternativeParameterValues': "#disable-next-line BCP037 // Microsoft's type lacks it.",
  },
};

/** Of these, Microsoft has no type at all. */
const withoutType: readonly ResourceType[] = ['Microsoft.Web/connections/accessPolicies'];

/** What stands before a resource. */
export function silencedBefore(type: ResourceType): string | undefined {
  return withoutType.includes(type) ? '#disable-next-line BCP081 // Microsoft has no type for it.' : undefined;
}

/** What stands before members of a resource: those below `path`, by their names. */
export function silencedMembers(type: ResourceType, path = ''): Record<string, string> {
  const below = Object.entries(written[type] ?? {}).filter(([key]) => key.startsWith(path));
  return Object.fromEntries(below.map(([key, silence]) => [key.slice(path.length), silence]));
}

/** What stands before a line with a value that a type lacks. */
export function silencedIn(value: Value): string | undefined {
  const isRuntimeUrl =
    value instanceof Computed &&
    value.is.kind === 'property' &&
    value.is.of.type === 'Microsoft.Web/connections' &&
    value.is.path.at(-1) === 'connectionRuntimeUrl';
  return isRuntimeUrl ? "#disable-next-line BCP053 // Microsoft's type lacks it." : undefined;
}
