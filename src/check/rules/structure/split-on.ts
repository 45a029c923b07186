import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

export const splitOn: Rule = {
  name: 'split-on',
  severity: 'warning',
  category: 'correctness',
  summary: 'splitOn is an expression over the trigger, and the workflow answers no caller',
  check: (subject, report) => {
    for (const { node: trigger, name, pointer, typeWord } of subject.triggers) {
      if (trigger.splitOn === undefined || trigger.splitOn === null || subject.isArmExpression(trigger.splitOn)) continue;
      const at = `${pointer}/splitOn`;
      if (!subject.templateAt(at))
        report({
          pointer: at,
          message: `splitOn of "${name}" is no expression, and its value must be a list`,
          help: "write the list that starts one run for each item, such as @triggerBody()?['value']",
        });
      const schema = member(trigger, 'inputs', 'schema');
      if (trigger.splitOn === '@triggerBody()' && typeWord === 'request' && !mayBeList(schema))
        report({
          pointer: at,
          message: `the body of "${name}" is no list, as far as its schema says, and splitOn takes only a list: the run fails`,
          help: 'give the schema the type array, or name the list in the body',
          severity: isObject(schema) && schema.type !== undefined ? 'warning' : 'info',
        });
      const response = subject.actionsOfType('response')[0];
      if (response)
        report({
          pointer: `/triggers${pointerStep(name)}/splitOn`,
          part: 'key',
          message: `with splitOn the caller gets 202 at once, and never the answer of "${response.name}"`,
          about: { found: response.name },
          help: 'leave out splitOn and loop over the items, or leave out the response',
        });
    }
  },
};

function mayBeList(schema: unknown): boolean {
  const type = member(schema, 'type');
  return type === 'array' || Array.isArray(type) || (type === undefined && isObject(schema) && Object.keys(schema).length > 0);
}
