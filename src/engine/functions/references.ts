import { notRun, refuse } from '../refusal.ts';
import { utf8 } from '../values/bytes.ts';
import { bytesIn } from '../values/content.ts';
import { asText } from '../values/text.ts';
import { isGroup, isList, type Value } from '../values/value.ts';
import { any, count, text } from './arguments.ts';
import type { Evaluations } from './function.ts';

/** What a call takes from the run. Source: docs/facts/engine.md#run. */
export const references = {
  action: (_, world) => world.currentAction(),
  actionBody: (values, world) => world.body(text(values, 0)),
  actionOutputs: (values, world) => world.outputs(text(values, 0)),
  actions: (values, world) => world.action(text(values, 0)),
  appsetting: (values, world) => world.appSetting(text(values, 0)),
  body: (values, world) => world.body(text(values, 0)),
  formDataMultiValues: (values, world) => formValues(world.body(text(values, 0)), text(values, 1)),
  formDataValue: (values, world) => onlyValue(formValues(world.body(text(values, 0)), text(values, 1)), text(values, 1)),
  guid: (values, world) =>
    formatGuid(
      randomGuid(() => world.random()),
      values.length > 0 ? text(values, 0) : 'D',
    ),
  item: (_, world) => world.item(),
  items: (values, world) => world.items(text(values, 0)),
  iterationIndexes: (values, world) => world.iterationIndex(text(values, 0)),
  listCallbackUrl: (_, world) => world.callbackUrl(),
  multipartBody: (values, world) => partOf(world.body(text(values, 0)), count(values, 1)),
  outputs: (values, world) => world.outputs(text(values, 0)),
  parameters: (values, world) => world.parameter(text(values, 0)),
  result: (values, world) => world.result(values.length > 0 ? text(values, 0) : notRun('the function result() without a name')),
  trigger: (_, world) => world.trigger(),
  triggerBody: (_, world) => bodyOf(world.trigger()),
  triggerFormDataMultiValues: (values, world) => formValues(bodyOf(world.trigger()), text(values, 0)),
  triggerFormDataValue: (values, world) => onlyValue(formValues(bodyOf(world.trigger()), text(values, 0)), text(values, 0)),
  triggerMultipartBody: (values, world) => partOf(bodyOf(world.trigger()), count(values, 0)),
  triggerOutputs: (_, world) => outputsOf(world.trigger()),
  variables: (values, world) => world.variable(text(values, 0)),
  workflow: (_, world) => world.workflow(),
} satisfies Partial<Evaluations<string>>;

function outputsOf(operation: Value): Value {
  return isGroup(operation) ? (operation.outputs ?? null) : null;
}

function bodyOf(operation: Value): Value {
  const outputs = outputsOf(operation);
  return isGroup(outputs) ? any([outputs.body ?? null], 0) : null;
}

/** The values of a key in a form: one that was read already, or content of the type of forms. */
function formValues(body: Value, key: string): Value[] {
  const pairs = isGroup(body) && isList(body.$formdata) ? body.$formdata : undefined;
  if (pairs) return pairs.flatMap((pair) => (isGroup(pair) && asText(pair.key ?? null) === key ? [pair.value ?? null] : []));
  const bytes = bytesIn(body);
  if (!bytes && typeof body !== 'string') refuse('The body is no form.');
  return new URLSearchParams(bytes ? utf8(bytes) : asText(body)).getAll(key);
}

function onlyValue(found: readonly Value[], key: string): Value {
  return found.length > 1 ? refuse(`The form has more than one value of '${key.slice(0, 60)}'.`) : (found[0] ?? null);
}

function partOf(body: Value, index: number): Value {
  const parts = isGroup(body) && isList(body.$multipart) ? body.$multipart : refuse('The body has no parts.');
  const part = parts[index];
  return part !== undefined && isGroup(part) ? (part.body ?? null) : refuse(`The body has no part ${index}.`);
}

function randomGuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'.charAt(Number.parseInt(hex[16] ?? '0', 16) % 4);
  return hex.join('');
}

/** Refuses a format that is none. */
function formatGuid(digits: string, format: string): string {
  const dashed = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  switch (format.toUpperCase()) {
    case 'N':
      return digits;
    case '':
    case 'D':
      return dashed;
    case 'B':
      return `{${dashed}}`;
    case 'P':
      return `(${dashed})`;
    case 'X': {
      const bytes = (digits.slice(16).match(/../g) ?? []).map((byte) => `0x${byte}`).join(',');
      return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${bytes}}}`;
    }
    default:
      return refuse(`The format '${format.slice(0, 20)}' of a GUID is not valid: write N, D, B, P or X.`);
  }
}
