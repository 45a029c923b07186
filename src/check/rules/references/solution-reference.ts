import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { cutValue } from '../../../diagnostics/show.ts';
import { isObject } from '../../../json/json.ts';
import { member, memberNamed } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

export const solutionReference: Rule = {
  name: 'solution-reference',
  severity: 'error',
  category: 'correctness',
  summary: "A flow's connection reference is one that its solution declares, for the same connector",
  check: ({ surroundings }, report) => {
    const { connectionReferences, solutionReferences } = surroundings;
    if (!isObject(connectionReferences) || !isObject(solutionReferences)) return;
    for (const [key, reference] of Object.entries(connectionReferences)) {
      const name = member(reference, 'connection', 'connectionReferenceLogicalName');
      if (typeof name !== 'string' || isPlaceholder(name)) continue;
      const pointer = `${pointerStep(key)}/connection/connectionReferenceLogicalName`;
      const connector = memberNamed(solutionReferences, name);
      const api = member(reference, 'api', 'name');
      if (connector === undefined)
        report({
          pointer,
          in: 'connectionReferences',
          message: `the solution has no connection reference "${name}"`,
          about: { found: name },
          help: 'add it to the solution, or import the solution that has it first',
          // Solutions made of several parts are exported so.
          severity: 'info',
        });
      else if (typeof connector === 'string' && typeof api === 'string' && !isConnector(connector, api))
        report({
          pointer,
          in: 'connectionReferences',
          message: `"${key}" is a connection to ${cutValue(api)}, and the connection reference "${name}" leads to another connector`,
          about: { found: name },
          help: 'name a connection reference of the same connector',
        });
    }
  },
};

/** Whether an id such as `/providers/Microsoft.PowerApps/apis/shared_teams` is that of a connector; an empty one may be any. */
function isConnector(id: string, api: string): boolean {
  return id === '' || id.slice(id.lastIndexOf('/') + 1).toLowerCase() === api.toLowerCase();
}
