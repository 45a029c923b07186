import { connectionsIn, flowConnection, standardConnections } from '../../../definition/connections.ts';
import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { isObject } from '../../../json/json.ts';
import { connectionReferences, connectionsValue } from '../../connection-parameters.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { isOneOf, suggestName } from '../../words.ts';

export const unknownConnection: Rule = {
  name: 'unknown-connection',
  severity: 'error',
  category: 'correctness',
  summary: 'Every connection that an operation uses is declared',
  check: (subject, report) => {
    const { host } = subject.surroundings;
    if (host === 'standard') checkStandard(subject, report);
    else if (host === 'power-automate') checkFlow(subject, report);
    else checkConsumption(subject, report);
  },
};

function checkStandard(subject: Subject, report: Report) {
  const { connections } = subject.surroundings;
  if (connections === undefined) return;
  for (const operation of subject.operations) {
    for (const { name, group, pointer } of standardConnections(operation)) {
      const known = connectionsIn(connections, group);
      if (subject.isOpen(name) || known.some(isPlaceholder) || isOneOf(name, known)) continue;
      const message = `connections.json has no connection "${name}" among ${group}`;
      // Of MCP tools the groups are known from the designer only.
      const severity = operation.typeWord === 'mcpclienttool' ? 'warning' : 'error';
      report({ pointer, message, ...suggestName(name, known, group), severity });
    }
  }
}

function checkFlow(subject: Subject, report: Report) {
  const references = subject.surroundings.connectionReferences;
  if (!isObject(references)) return;
  const known = Object.keys(references);
  const message = (name: string) => `the flow has no connection reference "${name}"`;
  for (const operation of subject.operations) {
    const used = flowConnection(operation);
    if (!used || subject.isOpen(used.name) || known.some(isPlaceholder) || isOneOf(used.name, known)) continue;
    report({ pointer: used.pointer, message: message(used.name), ...suggestName(used.name, known, 'connectionReferences') });
  }
  for (const { name, entry, part } of connectionReferences(subject)) {
    if (isPlaceholder(name) || known.some(isPlaceholder) || isOneOf(name, known)) continue;
    report({ pointer: entry.pointer, part, message: message(name), ...suggestName(name, known, 'connectionReferences') });
  }
}

function checkConsumption(subject: Subject, report: Report) {
  const value = connectionsValue(subject);
  if (value === undefined) return;
  const known = Object.keys(value);
  for (const { name, entry, part } of connectionReferences(subject)) {
    if (isPlaceholder(name) || known.some(isPlaceholder) || isOneOf(name, known)) continue;
    report({
      pointer: entry.pointer,
      part,
      message: `the value of $connections has no connection "${name}"`,
      ...suggestName(name, known, 'connections'),
      // Templates that lack one are deployed: the service looks for it when the action runs.
      severity: 'warning',
    });
  }
}
