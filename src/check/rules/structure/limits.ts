import { limits as most } from '../../../definition/limits.ts';
import { isGroup, member } from '../../../definition/walk.ts';
import { expressionsOf } from '../../../expression/references.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const limits: Rule = {
  name: 'limits',
  severity: 'error',
  category: 'correctness',
  summary: 'Nothing is longer, deeper or more than the service takes',
  check: (subject, report) => {
    countAll(subject, report);
    measureOperations(subject, report);
    for (const { template, text, pointer } of subject.templates) {
      if (!template || text.length <= most.expression) continue;
      for (const { start, end } of expressionsOf(template)) {
        if (end - start <= most.expression) continue;
        const message = `characters in the expression: ${end - start}, and the service takes ${most.expression} at most`;
        report({ pointer, part: { start, end }, message, help: 'work out a part of it in a Compose action before' });
      }
    }
  },
};

/** Reports a number that is too high. */
function atMost(report: Report, pointer: string, what: string, found: number, limit: number, help?: string) {
  if (found <= limit) return;
  report({ pointer, part: 'key', message: `${what}: ${found}, and the service takes ${limit} at most`, help });
}

function countAll({ definition, actions, triggers, surroundings }: Subject, report: Report) {
  const { host } = surroundings;
  const size = (group: unknown) => (isGroup(group) ? Object.keys(group).length : 0);
  const parameters = host === 'consumption' ? most.parametersConsumption : most.parameters;
  const ofHost = host === undefined || host === 'consumption' ? most.triggers : most.triggersElsewhere;
  atMost(report, '/actions', 'actions in all', actions.length, most.actions, 'move a part of them into a workflow of its own');
  atMost(report, '/outputs', 'outputs', size(definition.outputs), most.outputs);
  atMost(report, '/parameters', 'parameters', size(definition.parameters), parameters);
  atMost(report, '/triggers', 'triggers', triggers.length, ofHost);
  const variables = actions.reduce((sum, { action, typeWord }) => {
    const declared = typeWord === 'initializevariable' ? member(action, 'inputs', 'variables') : undefined;
    return sum + (Array.isArray(declared) ? declared.length : 0);
  }, 0);
  atMost(report, '/actions', 'variables', variables, most.variables, 'keep several values in one variable of type Object');
}

function measureOperations(subject: Subject, report: Report) {
  const { operations, actions, surroundings } = subject;
  const code = surroundings.host === 'consumption' ? most.codeConsumption : most.code;
  for (const { name, node, typeWord, pointer } of operations) {
    atMost(report, pointer, 'characters in the name', name.length, most.name);
    const length = (value: unknown) => subject.literal(value)?.length ?? 0;
    atMost(report, `${pointer}/description`, 'characters in the description', length(node.description), most.description);
    if (node.trackedProperties !== undefined) {
      const tracked = JSON.stringify(node.trackedProperties)?.length ?? 0;
      atMost(report, `${pointer}/trackedProperties`, 'characters in trackedProperties', tracked, most.trackedProperties);
    }
    if (typeWord === 'http')
      atMost(report, `${pointer}/inputs/uri`, 'characters in the uri', length(member(node, 'inputs', 'uri')), most.uri);
    if (typeWord === 'javascriptcode')
      atMost(report, `${pointer}/inputs/code`, 'characters in the code', length(member(node, 'inputs', 'code')), code);
    if (typeWord === 'switch' && isGroup(node.cases))
      atMost(report, `${pointer}/cases`, 'cases', Object.keys(node.cases).length, most.cases);
    if (typeWord === 'foreach' && Array.isArray(node.foreach))
      atMost(report, `${pointer}/foreach`, 'items', node.foreach.length, most.items);
  }
  for (const { pointer, depth } of actions) {
    // Deeper ones than the first too deep one are not told again.
    if (depth === most.depth + 2)
      atMost(
        report,
        pointer,
        'containers around an action',
        depth - 1,
        most.depth,
        'move the inner ones into a workflow of its own',
      );
  }
}
