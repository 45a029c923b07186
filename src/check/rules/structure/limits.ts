import { lengthAsJson } from '../../../definition/json.ts';
import { limits as most } from '../../../definition/limits.ts';
import { expressionsOf } from '../../../expression/references.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { partIn } from '../../part-in.ts';
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
    for (const entry of subject.templates) {
      const { template, text, pointer } = entry;
      if (!template || text.length <= most.expression) continue;
      for (const expression of expressionsOf(template)) {
        const { start, end } = expression;
        if (end - start <= most.expression) continue;
        const message = `the expression has ${end - start} characters, and the service takes ${most.expression} at most`;
        report({ pointer, part: partIn(entry, expression), message, help: 'work out a part of it in a Compose action before' });
      }
    }
  },
};

/** Reports more of something than the service takes. */
function countThem(report: Report, pointer: string, what: string, found: number, limit: number, help?: string) {
  if (found <= limit) return;
  report({ pointer, part: 'key', message: `there are ${found} ${what}, and the service takes ${limit} at most`, help });
}

/** Reports a text that is too long, where it stands there as it is. */
function measureText(report: Report, pointer: string, what: string, text: unknown, limit: number, subject: Subject) {
  if (typeof text === 'string' && text.length > limit && !subject.isOpen(text))
    measure(report, pointer, what, text.length, limit);
}

/** Reports something of too many characters. */
function measure(report: Report, pointer: string, what: string, length: number, limit: number) {
  if (length <= limit) return;
  report({ pointer, part: 'key', message: `the ${what} has ${length} characters, and the service takes ${limit} at most` });
}

function countAll(subject: Subject, report: Report) {
  const { definition, actions, triggers, surroundings, variables } = subject;
  const { host } = surroundings;
  const size = (group: unknown) => (isObject(group) ? Object.keys(group).length : 0);
  const parameters = host === 'consumption' ? most.parametersConsumption : most.parameters;
  const ofHost = host === undefined || host === 'consumption' ? most.triggers : most.triggersElsewhere;
  const ofVariables = 'keep several values in one variable of type Object';
  const name = subject.literal(surroundings.name)?.length ?? 0;
  if (host === 'consumption') measure(report, '', 'name of the workflow', name, most.workflowName);
  else if (host === 'standard' && name > most.workflowNameStandard)
    report({
      pointer: '',
      message: `the name of the workflow has ${name} characters, and Microsoft's page of limits says ${most.workflowNameStandard}`,
      help: 'longer ones run; shorten it where a tool that deploys it objects',
      severity: 'info',
    });
  countThem(report, '/actions', 'actions in all', actions.length, most.actions, 'move a part of them into a workflow of its own');
  countThem(report, '/actions', 'variables', variables.length, most.variables, ofVariables);
  countThem(report, '/outputs', 'outputs', size(definition.outputs), most.outputs);
  countThem(report, '/parameters', 'parameters', size(definition.parameters), parameters);
  countThem(report, '/triggers', 'triggers', triggers.length, ofHost);
}

function measureOperations(subject: Subject, report: Report) {
  const { operations, actions, surroundings } = subject;
  const code = surroundings.host === 'consumption' ? most.codeConsumption : most.code;
  for (const { name, node, typeWord, pointer } of operations) {
    measure(report, pointer, 'name', name.length, most.name);
    measureText(report, `${pointer}/description`, 'description', node.description, most.description, subject);
    if (node.trackedProperties !== undefined) {
      const length = lengthAsJson(node.trackedProperties);
      measure(report, `${pointer}/trackedProperties`, 'group trackedProperties', length, most.trackedProperties);
    }
    if (typeWord === 'http')
      measureText(report, `${pointer}/inputs/uri`, 'uri', member(node, 'inputs', 'uri'), most.uri, subject);
    if (typeWord === 'javascriptcode')
      measureText(report, `${pointer}/inputs/code`, 'code', member(node, 'inputs', 'code'), code, subject);
    if (typeWord === 'switch' && isObject(node.cases))
      countThem(report, `${pointer}/cases`, 'cases', Object.keys(node.cases).length, most.cases);
    if (typeWord === 'foreach' && Array.isArray(node.foreach))
      countThem(report, `${pointer}/foreach`, 'items', node.foreach.length, most.items);
  }
  for (const { pointer, depth } of actions) {
    // Those deeper than the first that is too deep are not told again.
    if (depth !== most.depth + 2) continue;
    const help = 'move the inner ones into a workflow of its own';
    countThem(report, pointer, 'containers around this action', depth - 1, most.depth, help);
  }
}
