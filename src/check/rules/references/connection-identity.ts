import { isObject } from '../../../json/json.ts';
import { member, memberNamed } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import { connectionsValue } from '../../connection-parameters.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const connectionIdentity: Rule = {
  name: 'connection-identity',
  severity: 'error',
  category: 'correctness',
  summary: 'A connection that uses the managed identity is made for it, and says so in its connectionProperties',
  check: (subject, report) => {
    for (const [name, connection] of Object.entries(connectionsValue(subject) ?? {})) {
      const pointer = `/$connections/value${pointerStep(name)}`;
      const place = { in: 'parameters', about: { found: name } } as const;
      const inside = member(connection, 'connectionProperties', 'authentication');
      const isMadeForIdentity = madeForIdentity(memberNamed(subject.surroundings.apiConnections, name), subject);
      const help = '"connectionProperties": { "authentication": { "type": "ManagedServiceIdentity" } }';
      if (isObject(connection) && connection.authentication !== undefined && inside === undefined)
        report({
          ...place,
          pointer: `${pointer}/authentication`,
          part: 'key',
          message: `the connection "${name}" has authentication where the service does not look for it`,
          help: `move it: ${help}`,
        });
      else if (isMadeForIdentity === true && inside === undefined && isObject(connection) && isPlain(connection))
        report({
          ...place,
          pointer,
          part: 'key',
          message: `the connection "${name}" is made for the managed identity, and its entry in $connections lacks the authentication`,
          help: `add ${help}`,
        });
      const type = subject.literal(member(inside, 'type'));
      if (type === undefined) continue;
      if (type.toLowerCase() !== 'managedserviceidentity')
        report({
          ...place,
          pointer: `${pointer}/connectionProperties/authentication/type`,
          message: `the authentication of the connection "${name}" can only be of type ManagedServiceIdentity`,
          help: 'write ManagedServiceIdentity, or leave connectionProperties out',
        });
      else if (isMadeForIdentity === false)
        report({
          ...place,
          pointer: `${pointer}/connectionProperties/authentication/type`,
          message: `the connection "${name}" signs in with the managed identity, and its resource in this template is not made for that`,
          help: 'write "parameterValueType": "Alternative" into the properties of the connection, and its values into alternativeParameterValues instead of parameterValues; of connectors that have parameterValueSet, the set for the managed identity',
        });
    }
  },
};

/** Whether nothing that is worked out later can give the entry its connectionProperties. */
function isPlain({ connectionProperties: properties }: Readonly<Record<string, unknown>>): boolean {
  return properties === undefined || properties === null || isObject(properties);
}

/**
 * Whether the resource of a connection is one for a managed identity; undefined where that is not known. Source:
 * docs/facts/key-vault.md#consumption.
 */
function madeForIdentity(properties: unknown, subject: Subject): boolean | undefined {
  if (!isObject(properties)) return undefined;
  const { parameterValueType: type, parameterValueSet: set, parameterValues: values } = properties;
  if (type !== undefined) return /^alternative$/i.test(subject.literal(type) ?? '') ? true : undefined;
  if (set !== undefined) {
    const name = subject.literal(member(set, 'name'));
    return name === undefined ? undefined : /managed_?identity|oauthMI/i.test(name) || undefined;
  }
  return isObject(values) && Object.keys(values).length > 0 ? false : undefined;
}
