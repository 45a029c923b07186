import type { Host } from '../../../definition/definition.ts';
import { isObject } from '../../../json/json.ts';
import { entryOf, member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';

interface Wanted {
  /** Ways within `inputs.host`, of which one must be there. */
  readonly paths: readonly string[];
  readonly help: string;
}

const byName: Wanted = {
  paths: ['connection/name'],
  help: `name it by the parameter: "connection": { "name": "@parameters('$connections')['…']['connectionId']" }`,
};
const byReference: Wanted = {
  paths: ['connection/referenceName'],
  help: 'name it by its key in connections.json: "connection": { "referenceName": "…" }',
};
const byKey: Wanted = {
  paths: ['connectionName', 'connectionReferenceName'],
  help: 'name it by its key among the connection references: "connectionName": "…"',
};
const byId: Wanted = { paths: ['workflow/id'], help: 'add "workflow": { "id": "…" }' };
const byTrigger: Wanted = { paths: ['triggerName'], help: 'add the name of the trigger there, such as "triggerName": "manual"' };
const byWorkflowReference: Wanted = {
  paths: ['workflowReferenceName'],
  help: 'add "workflowReferenceName", the id of the child flow',
};

/** What `inputs.host` must have, by host and type in lower case. Source: docs/facts/definitions.md#types-and-kinds. */
const wanted: Readonly<Record<Host, Readonly<Record<string, readonly Wanted[]>>>> = {
  consumption: { apiconnection: [byName], apiconnectionwebhook: [byName], workflow: [byId, byTrigger] },
  standard: {
    apiconnection: [byReference],
    apiconnectionnotification: [byReference],
    apiconnectionwebhook: [byReference],
    workflow: [byId],
  },
  'power-automate': {
    apiconnection: [byName],
    apiconnectionwebhook: [byName],
    openapiconnection: [byKey],
    openapiconnectionnotification: [byKey],
    openapiconnectionwebhook: [byKey],
    workflow: [byWorkflowReference],
  },
};

export const hostMembers: Rule = {
  name: 'host-members',
  severity: 'error',
  category: 'correctness',
  summary: 'An operation names its connection or its workflow in the way of the host that it runs on',
  check: (subject, report) => {
    const { host } = subject.surroundings;
    if (!host) return;
    for (const { node, name, typeWord, pointer } of subject.operations) {
      const here = member(node.inputs, 'host');
      // What is absent or computed as a whole is no matter of its form.
      if (!isObject(here)) continue;
      for (const { paths, help } of entryOf(wanted[host], typeWord) ?? []) {
        if (paths.some((path) => member(here, ...path.split('/')) !== undefined)) continue;
        report({
          pointer: `${pointer}/inputs/host`,
          part: 'key',
          message: `"${name}" lacks ${paths[0]?.replace('/', '.')} in its host`,
          help,
        });
      }
    }
  },
};
