import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import { connectionsValue } from '../../connection-parameters.ts';
import type { Rule } from '../../rule.ts';

export const connectionIdentity: Rule = {
  name: 'connection-identity',
  severity: 'error',
  category: 'correctness',
  summary: 'A connection says in its connectionProperties that it uses the managed identity',
  check: (subject, report) => {
    for (const [name, connection] of Object.entries(connectionsValue(subject) ?? {})) {
      const pointer = `/$connections/value${pointerStep(name)}`;
      const inside = member(connection, 'connectionProperties', 'authentication');
      if (isObject(connection) && connection.authentication !== undefined && inside === undefined)
        report({
          pointer: `${pointer}/authentication`,
          in: 'parameters',
          part: 'key',
          message: `the connection "${name}" has authentication where the service does not look for it`,
          about: { found: name },
          help: 'move it: "connectionProperties": { "authentication": { "type": "ManagedServiceIdentity" } }',
        });
      const type = subject.literal(member(inside, 'type'));
      if (type === undefined || type.toLowerCase() === 'managedserviceidentity') continue;
      report({
        pointer: `${pointer}/connectionProperties/authentication/type`,
        in: 'parameters',
        message: `the authentication of the connection "${name}" can only be of type ManagedServiceIdentity`,
        about: { found: name },
        help: 'write ManagedServiceIdentity, or leave connectionProperties out',
      });
    }
  },
};
