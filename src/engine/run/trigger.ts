import { isSecured } from '../../definition/get-secret.ts';
import { listTriggers, type OperationEntry } from '../../definition/walk.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { asText as wordOf } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { schemaErrors } from '../actions/schema.ts';
import { isConditionMet } from '../conditions.ts';
import type { TriggerInput } from '../options.ts';
import { Refusal, refuse } from '../refusal.ts';
import { groupOf, toPlain, toValue } from '../values/json.ts';
import { isGroup, isList, type Value } from '../values/value.ts';
import type { OperationRecord } from './record.ts';
import type { Scope } from './scope.ts';

/** The trigger that fires: the one of the name, or the only one. Throws a UsageError where none, or no single one, is meant. */
export function triggerOf(definition: unknown, name: string | undefined): OperationEntry {
  const all = listTriggers(definition);
  const names = all.map((one) => one.name).join(', ');
  const wanted = name === undefined ? all : all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  const [found, other] = wanted;
  if (found && !other) return found;
  if (all.length === 0) throw new UsageError('the workflow has no trigger: nothing can start it');
  throw new UsageError(
    name === undefined
      ? `the workflow has several triggers: name the one that fires (${names})`
      : `the workflow has no trigger "${name}": it has ${names}`,
  );
}

/** What a trigger gives that has fired with an input. */
export function firedBy({ name, type, node }: OperationEntry, input: TriggerInput, now: number): OperationRecord {
  const outputs = outputsOf(input);
  return {
    name,
    type,
    status: 'Succeeded',
    code: 'OK',
    start: now,
    end: now,
    ...(outputs !== undefined && { outputs }),
    isInputHidden: isSecured(node, 'inputs'),
    isOutputHidden: isSecured(node, 'outputs'),
    isSecretHandedOn: isSecured(node, 'outputs'),
    iterations: [],
    sent: 0,
  };
}

function outputsOf({ outputs, body, headers, queries }: TriggerInput): Value | undefined {
  if (outputs !== undefined) return toValue(outputs);
  if (body === undefined && headers === undefined && queries === undefined) return undefined;
  const members = { headers, queries, body };
  return toValue(members);
}

/** Why a trigger that has fired starts no run; undefined where it starts one. Source: docs/facts/engine.md#triggers. */
export function heldBack({ node, name }: OperationEntry, scope: Scope): Refusal | undefined {
  const conditions = Array.isArray(node.conditions) ? node.conditions : [];
  for (const condition of conditions) {
    const expression = isObject(condition) ? condition.expression : undefined;
    if (expression !== undefined && !isConditionMet(scope, expression))
      return new Refusal(`The trigger '${name}' starts no run: one of its conditions does not hold.`, 'TriggerConditionNotMet');
  }
  return undefined;
}

/** What in the body of a request is not as the trigger's schema says, where the trigger looks (`EnableSchemaValidation`). */
export function schemaProblems({ node }: OperationEntry, { outputs }: OperationRecord): string[] {
  if (!/\bEnableSchemaValidation\b/i.test(wordOf(node.operationOptions))) return [];
  const schema = member(node.inputs, 'schema');
  return schema === undefined
    ? []
    : schemaErrors(schema, toPlain(outputs !== undefined && isGroup(outputs) ? (outputs.body ?? null) : null));
}

/** The outputs that each run has where the trigger splits its body; undefined where it does not. Refuses what is no array. */
export function splitBy({ node }: OperationEntry, record: OperationRecord, scope: Scope): Value[] | undefined {
  if (node.splitOn === undefined) return undefined;
  const { value } = scope.resolve(node.splitOn);
  if (!isList(value)) return refuse('What the trigger splits on is no array.', 'InvalidTemplate');
  const others =
    record.outputs !== undefined && isGroup(record.outputs)
      ? Object.entries(record.outputs).filter(([name]) => name !== 'body')
      : [];
  return value.map((body) => groupOf([...others, ['body', body]]));
}
