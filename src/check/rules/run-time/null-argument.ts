import type { ActionEntry } from '../../../definition/walk.ts';
import { functionNamed } from '../../../expression/functions.ts';
import { expressionsOf, referenceOf } from '../../../expression/references.ts';
import type { Call, Expression } from '../../../expression/syntax.ts';
import { member } from '../../../json/member.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

/** Functions that fail when their first argument is null. Source: docs/facts/functions.md#of-workflow-expressions. */
const refuseNull: ReadonlySet<string> = new Set([
  'split',
  'substring',
  'replace',
  'json',
  'int',
  'float',
  'length',
  'toLower',
  'toUpper',
  'xml',
]);

/** Most strings call none of them. */
const calls = new RegExp(`(?:${[...refuseNull].join('|')})\\(`, 'i');

/** Whoever writes one of these thought of null. */
const guards: ReadonlySet<string> = new Set(['if', 'coalesce', 'and', 'or']);

export const nullArgument: Rule = {
  name: 'null-argument',
  severity: 'warning',
  category: 'correctness',
  summary: 'What a schema says may be null goes into no function, and no loop, that fails on null',
  check: (subject, report) => {
    if (!hasSchema(subject)) return;
    for (const entry of subject.templates) {
      const { template, action, pointer, text } = entry;
      if (!template || !text.includes('?') || !(calls.test(text) || pointer.endsWith('/foreach'))) continue;
      if (action && isInCondition(action)) continue;
      for (const expression of expressionsOf(template)) {
        if (action && pointer === `${action.pointer}/foreach` && mayBeNull(subject, expression))
          report({
            pointer,
            message: `the list of "${action.name}" may be null, as its schema says: the run fails then`,
            help: "write coalesce(…, json('[]'))",
          });
        for (const { call, argument } of unguarded(expression)) {
          if (!mayBeNull(subject, argument)) continue;
          report({
            pointer,
            part: partIn(entry, argument),
            message: `what ${call.name}() gets may be null, as its schema says: the run fails then`,
            help: "write coalesce(…, '') around it",
          });
        }
      }
    }
  },
};

/** Without a schema, nothing is known to be null. */
function hasSchema(subject: Subject): boolean {
  return member(subject.triggers[0]?.node, 'inputs', 'schema') !== undefined || subject.actionsOfType('parsejson').length > 0;
}

/** A condition around an action may have looked. */
function isInCondition(action: ActionEntry): boolean {
  let here = action.parent;
  while (here && here.typeWord !== 'if' && here.typeWord !== 'switch') here = here.parent;
  return here !== undefined;
}

/** Calls that fail on null, with their first argument. */
function unguarded(expression: Expression): { call: Call; argument: Expression }[] {
  if (expression.kind !== 'call') return [];
  const name = functionNamed(expression.name)?.name ?? '';
  if (guards.has(name)) return [];
  const [first] = expression.arguments;
  return [
    ...(first && refuseNull.has(name) ? [{ call: expression, argument: first }] : []),
    ...expression.arguments.flatMap(unguarded),
  ];
}

/** Whether a value is read from what a schema describes, and the schema names null among its types. */
function mayBeNull(subject: Subject, expression: Expression): boolean {
  const types = member(schemaOf(subject, expression, 0), 'type');
  return expression.kind === 'call' && expression.accesses.length > 0 && Array.isArray(types) && types.includes('null');
}

/** Of loops in loops, how many are looked through. */
const deepest = 8;

/** The JSON Schema of what an expression gives: of the trigger's body, of what Parse JSON gives, of an item of a list in them. */
function schemaOf(subject: Subject, expression: Expression, depth: number): unknown {
  const reference = expression.kind === 'call' ? referenceOf(expression) : undefined;
  if (!reference || depth > deepest) return undefined;
  const { name = '' } = reference;
  const target = subject.actionNamed(name);
  let schema: unknown;
  if (reference.function === 'triggerBody') schema = member(subject.triggers[0]?.node, 'inputs', 'schema');
  else if (reference.function === 'body' && target?.typeWord === 'parsejson') schema = member(target.node, 'inputs', 'schema');
  else if (reference.function === 'items' && target) {
    const list = subject.templateAt(`${target.pointer}/foreach`)?.template;
    schema = list?.kind === 'expression' ? member(schemaOf(subject, list.expression, depth + 1), 'items') : undefined;
  }
  for (const { key } of reference.call.accesses)
    schema = key.kind === 'string' ? member(schema, 'properties', key.value) : undefined;
  return schema;
}
