import { flowConnection } from '../../../definition/connections.ts';
import { cutValue } from '../../../diagnostics/show.ts';
import { member, memberNamed } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';

export const connectionApi: Rule = {
  name: 'connection-api',
  severity: 'warning',
  category: 'correctness',
  summary: 'A connector operation of a flow uses a connection of its own connector',
  check: (subject, report) => {
    const references = subject.surroundings.connectionReferences;
    if (subject.surroundings.host !== 'power-automate' || references === undefined) return;
    for (const operation of subject.operations) {
      const used = flowConnection(operation);
      const api = apiIn(subject.literal(member(operation.node.inputs, 'host', 'apiId')));
      const reference = used && memberNamed(references, used.name);
      const name = member(reference, 'api', 'name');
      const ofReference = typeof name === 'string' ? name : apiIn(member(reference, 'id'));
      // Custom connectors have no apiId, and AI Builder's is none of a connector: it works through the Dataverse connection.
      if (!used || !api || !ofReference || api.toLowerCase() === ofReference.toLowerCase()) continue;
      report({
        pointer: `${operation.pointer}/inputs/host/apiId`,
        message: `"${operation.name}" is an operation of ${cutValue(api)}, and "${used.name}" is a connection to ${cutValue(ofReference)}`,
        about: { found: used.name },
        help: 'name a connection reference of the same connector',
      });
    }
  },
};

/** `shared_teams` of `/providers/Microsoft.PowerApps/apis/shared_teams`; undefined for any other id. */
function apiIn(id: unknown): string | undefined {
  return typeof id === 'string' ? /\/apis\/([^/]+)$/i.exec(id)?.[1] : undefined;
}
