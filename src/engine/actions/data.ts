import { asText as wordOf } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { isConditionMet } from '../conditions.ts';
import { NotRun, refuse } from '../refusal.ts';
import { groupOf, parseValue, toPlain } from '../values/json.ts';
import { asText } from '../values/text.ts';
import { isGroup, isList, type Value } from '../values/value.ts';
import type { Action } from './action.ts';
import { ActionFailed, type Outcome } from './outcome.ts';
import { schemaErrors } from './schema.ts';
import { tableText } from './table.ts';

/** Actions that make data of data. Source: docs/facts/engine.md#actions. */

export function compose({ node, scope }: Action): Outcome {
  const { value, isSecret } = scope.resolve(node.inputs);
  return { inputs: value, outputs: value, isSecret };
}

export function parseJson({ node, scope }: Action): Outcome {
  const { value: inputs, isSecret } = scope.resolve({ content: member(node.inputs, 'content') });
  // A schema may hold texts that start with @.
  const schema = member(node.inputs, 'schema');
  const content = isGroup(inputs) ? (inputs.content ?? null) : null;
  if (content === null) return fail('InvalidTemplate', 'The content of Parse JSON must not be null.', inputs, isSecret);
  const body = typeof content === 'string' ? parsed(content, inputs, isSecret) : content;
  const errors = schema === undefined ? [] : schemaErrors(schema, toPlain(body));
  if (errors.length > 0) {
    const failure = new ActionFailed(
      'ValidationFailed',
      `The schema validation failed: ${errors[0]}`,
      groupOf([['errors', errors]]),
    );
    failure.inputs = inputs;
    failure.isSecret = isSecret;
    throw failure;
  }
  return { inputs, outputs: groupOf([['body', body]]), isSecret };
}

function parsed(text: string, inputs: Value, isSecret: boolean): Value {
  try {
    return parseValue(text);
  } catch (error) {
    if (error instanceof NotRun) throw error;
    return fail('InvalidJson', 'The content of Parse JSON is no JSON.', inputs, isSecret);
  }
}

function fail(code: string, message: string, inputs: Value, isSecret: boolean): never {
  const failure = new ActionFailed(code, message);
  failure.inputs = inputs;
  failure.isSecret = isSecret;
  throw failure;
}

export function query({ node, scope }: Action): Outcome {
  const { value: from, isSecret } = scope.resolve(member(node.inputs, 'from'));
  const where = member(node.inputs, 'where');
  const body = listOf(from, 'Query').filter((item) => scope.withItem(item, () => isConditionMet(scope, where)));
  return { inputs: groupOf([['from', from]]), outputs: groupOf([['body', body]]), isSecret };
}

export function select({ node, scope }: Action): Outcome {
  const { value: from, isSecret } = scope.resolve(member(node.inputs, 'from'));
  const shape = member(node.inputs, 'select');
  let readsSecret = isSecret;
  const body = listOf(from, 'Select').map((item) =>
    scope.withItem(item, () => {
      const made = scope.resolve(shape);
      readsSecret ||= made.isSecret;
      return made.value;
    }),
  );
  return { inputs: groupOf([['from', from]]), outputs: groupOf([['body', body]]), isSecret: readsSecret };
}

export function join({ node, scope }: Action): Outcome {
  const { value: inputs, isSecret } = scope.resolve(node.inputs);
  const group = isGroup(inputs) ? inputs : {};
  const text = listOf(group.from ?? null, 'Join')
    .map(asText)
    .join(asText(group.joinWith ?? ''));
  return { inputs, outputs: groupOf([['body', text]]), isSecret };
}

export function table({ node, scope }: Action): Outcome {
  const { value: from, isSecret } = scope.resolve(member(node.inputs, 'from'));
  const format = wordOf(member(node.inputs, 'format')).toLowerCase();
  const columns = member(node.inputs, 'columns');
  let readsSecret = isSecret;
  const cell = (expression: unknown, item: Value) =>
    scope.withItem(item, () => {
      const made = scope.resolve(expression);
      readsSecret ||= made.isSecret;
      return made.value;
    });
  const items = listOf(from, 'Table');
  const written = Array.isArray(columns) ? columns.filter(isObject) : undefined;
  const names = written?.map(({ header }) => asText(scope.resolve(header).value)) ?? Object.keys(items.find(isGroup) ?? {});
  const rows = items.map((item) =>
    written
      ? written.map(({ value }) => asText(cell(value, item)))
      : names.map((name) => (isGroup(item) ? asText(item[name] ?? null) : refuse('The items of Table must be objects.'))),
  );
  if (format !== 'html' && format !== 'csv')
    refuse(`The format '${format.slice(0, 40)}' of Table is not valid: write HTML or CSV.`);
  return {
    inputs: groupOf([['from', from]]),
    outputs: groupOf([['body', tableText(format, names, rows)]]),
    isSecret: readsSecret,
  };
}

function listOf(value: Value, type: string): readonly Value[] {
  return isList(value)
    ? value
    : refuse(`The 'from' property value in the '${type}' action inputs must be an array.`, 'BadRequest');
}
