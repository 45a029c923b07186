import { secondsIn } from '../../definition/duration.ts';
import { actionTypes } from '../../definition/operations.ts';
import { asText as wordOf } from '../../diagnostics/words.ts';
import { member } from '../../json/member.ts';
import type { MockAnswer } from '../mocks/mock.ts';
import type { WantedRequest } from '../mocks/request.ts';
import { notRun } from '../refusal.ts';
import { timeText } from '../run/result.ts';
import type { Steps } from '../run/steps.ts';
import { groupOf, toValue } from '../values/json.ts';
import { isGroup, isList, type Value } from '../values/value.ts';
import type { Action } from './action.ts';
import { bodyOfAnswer, codeOf } from './answer.ts';
import { ActionFailed, type Outcome } from './outcome.ts';
import { requestOf, wordsOf } from './request.ts';
import { isWorthARetry, retriesOf } from './retries.ts';

/** Polls of a long operation, and pages of a list, at most. */
const mostFollowing = 10_000;

/** Asks another service: HTTP, connectors, functions, other workflows. A mock answers. */
export function* call(action: Action): Steps<Outcome> {
  const { inputs, request, isSecret } = requestOf(action);
  try {
    const first = yield* patiently(action, request, inputs);
    const outputs = first.isWhole
      ? first.outputs
      : yield* paged(action, request, yield* longRunning(action, request, first.outputs));
    return { inputs, outputs, isSecret };
  } catch (error) {
    if (error instanceof ActionFailed) {
      error.inputs = inputs;
      error.isSecret = isSecret;
    }
    throw error;
  }
}

interface Answered {
  readonly outputs: Value;
  readonly status: number;
  /** Whether the mock gave the outputs as a whole. */
  readonly isWhole: boolean;
}

/** With all tries that the retry policy allows. Fails with what the last answer was. */
function* patiently(action: Action, request: WantedRequest, inputs: Value): Steps<Answered> {
  const waits = retriesOf(member(toPolicy(inputs), 'retryPolicy') ?? member(action.node, 'runtimeConfiguration', 'retryPolicy'));
  for (let attempt = 1; ; attempt++) {
    const answer = yield* ask(action, request, attempt);
    const answered = answeredBy(answer);
    if (!answer.error && answered.status < 400) return answered;
    const wait = waits[attempt - 1];
    if (answer.error || wait === undefined || !isWorthARetry(answered.status)) {
      if (answer.error) throw failureOf(answer);
      throw new ActionFailed(
        codeOf(answered.status),
        `The request was answered with the status ${answered.status}.`,
        answered.outputs,
      );
    }
    action.state.now += Math.max(wait, retryAfter(answer)) * 1000;
  }
}

function toPolicy(inputs: Value): unknown {
  return isGroup(inputs) ? inputs : undefined;
}

/** One try. Fails where nobody answers, and times out where the answer takes too long. */
function* ask(action: Action, request: WantedRequest, attempt: number): Steps<MockAnswer> {
  const { node, name, state, typeWord, scope } = action;
  state.requests.push({ ...request, attempt, at: timeText(state.now) });
  const inputs = () => scope.resolve(node.inputs ?? null).value;
  const answer = yield { kind: 'asks', asked: { request, typeWord, inputs } };
  if (!answer)
    return notRun(`${wordsOf(request)} without a mock`, `give one: { action: ${name}, answer: { status: 200, body: … } }`);
  const limit = secondsIn(wordOf(member(node, 'limit', 'timeout')));
  const taken = answer.never ? (limit ?? longest) : (secondsIn(answer.delay ?? '') ?? 0);
  const isLate = answer.never || (limit !== undefined && taken > limit);
  state.now += Math.min(taken, limit ?? taken) * 1000;
  if (isLate) throw new ActionFailed('ActionTimedOut', 'The answer did not come in time.', undefined, 'TimedOut');
  return answer;
}

/** An action of a type that certflow does not run is answered by its name, and without that fails. */
export function* callByName({ name, type, typeWord, scope, node }: Action): Steps<Outcome> {
  const inputs = () => scope.resolve(node.inputs ?? null).value;
  const answer = yield { kind: 'asks', asked: { request: { action: name, type }, typeWord, inputs } };
  if (!answer)
    return notRun(
      `actions of the type ${actionTypes.get(typeWord)?.name ?? (type.slice(0, 60) || 'that is not written')}`,
      `give a mock: { action: ${name}, answer: { outputs: … } }`,
    );
  if (answer.error) throw failureOf(answer);
  const { value, isSecret } = scope.resolve(node.inputs ?? null);
  return { inputs: value, outputs: toValue(answer.outputs ?? { body: answer.body }), isSecret };
}

function failureOf({ error, outputs }: MockAnswer): ActionFailed {
  const { code = 'ActionFailed', message = code } = error ?? {};
  return new ActionFailed(code, message, outputs === undefined ? undefined : toValue(outputs));
}

/** Seconds that an action waits at most where it says nothing: for a webhook nothing is said, and a run ends after 90 days. */
const longest = 7_776_000;

function answeredBy(answer: MockAnswer): Answered {
  if (answer.outputs !== undefined) return { outputs: toValue(answer.outputs), status: 200, isWhole: true };
  const { status = 200, headers } = answer;
  const body = bodyOfAnswer(answer);
  const outputs = groupOf([
    ['statusCode', status],
    ...(headers ? [['headers', toValue(headers)] satisfies [string, Value]] : []),
    ...(body === undefined ? [] : [['body', body] satisfies [string, Value]]),
  ]);
  return { outputs, status, isWhole: false };
}

function retryAfter({ headers }: MockAnswer): number {
  const seconds = Number(headerOf(headers, 'retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

function headerOf(headers: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Seconds between two looks where the answer does not say. */
const usualLook = 20;

/** An answer of 202 that names a place is looked at again until it is another one. Source: docs/facts/engine.md#asynchronous. */
function* longRunning(action: Action, request: WantedRequest, first: Value): Steps<Value> {
  let outputs = first;
  const isOff = /DisableAsyncPattern/i.test(wordOf(action.node.operationOptions));
  for (let look = 0; !isOff && look < mostFollowing; look++) {
    const location = isGroup(outputs) && outputs.statusCode === 202 ? locationIn(outputs) : undefined;
    if (location === undefined) return outputs;
    const next = { ...request, method: 'GET', ...placeOf(location) };
    const wait = isGroup(outputs) && isGroup(outputs.headers ?? null) ? retryAfter({ headers: textsIn(outputs.headers) }) : 0;
    action.state.now += (wait || usualLook) * 1000;
    outputs = (yield* patiently(action, next, null)).outputs;
  }
  return outputs;
}

function locationIn(outputs: Value): string | undefined {
  const headers = isGroup(outputs) ? outputs.headers : undefined;
  return headerOf(textsIn(headers), 'location');
}

function textsIn(headers: Value | undefined): Record<string, string> {
  if (headers === undefined || !isGroup(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function placeOf(address: string): Pick<WantedRequest, 'url' | 'host' | 'path'> {
  const url = URL.parse(address);
  return url ? { url: address, host: url.host, path: url.pathname } : { url: address };
}

/** A list that comes in pages is asked for until it has the items that the action wants. Source: docs/facts/engine.md#pages. */
function* paged(action: Action, request: WantedRequest, first: Value): Steps<Value> {
  const wanted = Number(member(action.node, 'runtimeConfiguration', 'paginationPolicy', 'minimumItemCount'));
  if (!Number.isFinite(wanted) || !isGroup(first) || first.body === undefined || !isGroup(first.body)) return first;
  const { value } = first.body;
  if (value === undefined || !isList(value)) return first;
  const items = [...value];
  let next = nextLink(first.body);
  for (let page = 1; next !== undefined && items.length < wanted && page < mostFollowing; page++) {
    const { outputs } = yield* patiently(action, { ...request, method: 'GET', ...placeOf(next) }, null);
    const body = isGroup(outputs) ? outputs.body : undefined;
    if (body === undefined || !isGroup(body)) break;
    if (body.value !== undefined && isList(body.value)) items.push(...body.value);
    next = nextLink(body);
  }
  return { ...first, body: groupOf([['value', items]]) };
}

function nextLink(body: Value): string | undefined {
  if (!isGroup(body)) return undefined;
  const link = body['@odata.nextLink'] ?? body.nextLink;
  return typeof link === 'string' && link !== '' ? link : undefined;
}
