import { contentOf } from '../values/content.ts';
import { groupOf } from '../values/json.ts';
import { isNumeric, toDouble } from '../values/numbers.ts';
import { asText } from '../values/text.ts';
import { isGroup, type Value } from '../values/value.ts';
import type { Action } from './action.ts';
import { ActionFailed, type Outcome } from './outcome.ts';

/** Answers whoever called the workflow, once. */
export function response({ node, scope, state }: Action): Outcome {
  const { value, isSecret } = scope.resolve(node.inputs ?? {});
  const inputs = isGroup(value) ? value : groupOf([]);
  if (state.response !== undefined)
    throw new ActionFailed('ActionResponseSkipped', 'The request has been answered already: only the first response is sent.');
  const status = statusOf(inputs.statusCode ?? null);
  const headers = isGroup(inputs.headers)
    ? Object.entries(inputs.headers).map(([name, text]): [string, string] => [name, asText(text)])
    : [];
  const sent =
    inputs.body === undefined || headers.some(([name]) => /^content-type$/i.test(name)) ? [] : [usualType(inputs.body)];
  state.response = {
    status,
    headers: Object.fromEntries([...headers, ...sent]),
    ...(inputs.body !== undefined && { body: inputs.body }),
  };
  const outputs = groupOf([
    ['statusCode', status],
    ...(headers.length > 0 ? [['headers', groupOf(headers)] satisfies [string, Value]] : []),
    ...(inputs.body === undefined ? [] : [['body', inputs.body] satisfies [string, Value]]),
  ]);
  return { inputs, outputs, isSecret };
}

/** Source: docs/facts/engine.md#responses. */
function usualType(body: Value): [string, string] {
  return [
    'Content-Type',
    contentOf(body)?.type ?? (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'),
  ];
}

/** 200 where nothing is said. Fails for what is no status. */
function statusOf(written: Value): number {
  if (written === null) return 200;
  const status = isNumeric(written) ? toDouble(written) : Number(asText(written));
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new ActionFailed(
    'BadRequest',
    `The status code '${asText(written).slice(0, 20)}' of a response must be a number from 200 to 599.`,
  );
}
