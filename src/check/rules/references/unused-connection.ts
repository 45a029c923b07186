import { flowConnection } from '../../../definition/connections.ts';
import { isObject } from '../../../json/json.ts';
import { pointerStep } from '../../../json/pointer.ts';
import { connectionReferences } from '../../connection-parameters.ts';
import type { Rule } from '../../rule.ts';

export const unusedConnection: Rule = {
  name: 'unused-connection',
  severity: 'info',
  category: 'style',
  summary: 'Every connection reference of a flow is used by an operation',
  check: (subject, report) => {
    const references = subject.surroundings.connectionReferences;
    if (subject.surroundings.host !== 'power-automate' || !isObject(references)) return;
    const used = new Set(subject.operations.map((operation) => flowConnection(operation)?.name.toLowerCase()));
    for (const { name } of connectionReferences(subject)) used.add(name.toLowerCase());
    for (const name of Object.keys(references)) {
      if (used.has(name.toLowerCase())) continue;
      report({
        pointer: pointerStep(name),
        in: 'connectionReferences',
        part: 'key',
        message: `no action uses the connection reference "${name}"`,
        help: 'take it out: who imports the flow would have to choose a connection for it',
      });
    }
  },
};
