import { quote } from '../diagnostics/words.ts';
import { hiddenVariables } from '../engine/run/history.ts';
import type { RunError, Status } from '../engine/run/record.ts';
import type { OperationRun, Run } from '../engine/run/result.ts';
import { isObject } from '../json/json.ts';
import { pointerStep } from '../json/pointer.ts';
import { difference } from './difference.ts';
import { fits, ofRequests } from './expected-requests.ts';
import type { Failure } from './failure.ts';
import type { Expectation, ExpectedAction } from './test-file.ts';

/** All that is not as expected. What run history hides is never told. */
export function failuresOf(run: Run, expected: Expectation): Failure[] {
  return [
    ...ofRun(run, expected),
    ...Object.entries(expected.actions ?? {}).flatMap(([name, wanted]) => ofAction(run, name, wanted)),
    ...ofRequests(run, expected.requests ?? []),
    ...ofValues(run, expected),
    ...ofSecrets(run, expected.secrets ?? []),
    ...ofForbidden(run, expected),
  ].map(({ pointer, message }) => ({ pointer: `/expect${pointer}`, message }));
}

function ofRun(run: Run, { status, error, runs }: Expectation): Failure[] {
  const found: Failure[] = [];
  const why = run.error ? `: ${whyOf(run, run.error)}` : '';
  if (status !== undefined && status !== run.status)
    found.push({ pointer: '/status', message: `the run is ${run.status}, not ${status}${why}` });
  if (error !== undefined && error !== run.error?.code)
    found.push({ pointer: '/error', message: `the run's error is ${run.error?.code ?? 'none'}, not ${error}` });
  const count = run.actions.length === 0 && run.trigger.status !== 'Succeeded' ? 0 : 1 + run.others.length;
  if (runs !== undefined && runs !== count) found.push({ pointer: '/runs', message: `${count} runs start, not ${runs}` });
  return found;
}

/** The error of a run; where it only says that an action failed, that of the first one that did. */
function whyOf({ actions }: Run, error: RunError): string {
  const first = actions.find((action) => action.error && (action.status === 'Failed' || action.status === 'TimedOut'));
  if (error.code !== 'ActionFailed' || !first?.error) return `${error.code}: ${error.message}`;
  return `"${first.name}" is ${first.status}: ${first.error.code}: ${first.error.message}`;
}

function ofAction(run: Run, name: string, wanted: Status | ExpectedAction): Failure[] {
  const pointer = `/actions${pointerStep(name)}`;
  const ran = run.actions.filter((action) => action.name.toLowerCase() === name.toLowerCase());
  const last = ran.at(-1);
  const expected: ExpectedAction = typeof wanted === 'string' ? { status: wanted } : wanted;
  const { status, code, times, hidden } = expected;
  const place = typeof wanted === 'string' ? '' : '/status';
  const found: Failure[] = [];
  const add = (where: string, message: string) => found.push({ pointer: pointer + where, message });
  const done = ran.filter((one) => one.status !== 'Skipped').length;
  if (times !== undefined && done !== times) add('/times', `"${name}" ran ${done} times, not ${times}`);
  if (!last) {
    if (times !== 0) add('', `"${name}" did not come to its turn: the run ended before`);
    return found;
  }
  // Of rounds of a loop, all must be so.
  const other = ran.find((one) => status !== undefined && one.status !== status);
  if (other)
    add(
      place,
      `"${name}" is ${other.status}, not ${status}${other.error ? `: ${other.error.code}: ${other.error.message}` : ''}`,
    );
  if (code !== undefined && last.code !== code)
    add('/code', `the code of "${name}" is ${last.code}, not ${code}${last.error ? `: ${last.error.message}` : ''}`);
  if (hidden && [...hidden].sort().join() !== [...last.hidden].sort().join())
    add(
      '/hidden',
      `run history hides ${last.hidden.join(' and ') || 'nothing'} of "${name}", not ${hidden.join(' and ') || 'nothing'}`,
    );
  for (const part of ['inputs', 'outputs'] as const)
    if (part in expected) found.push(...ofPart(last, part, expected[part], pointer));
  return found;
}

function ofPart(action: OperationRun, part: 'inputs' | 'outputs', expected: unknown, pointer: string): Failure[] {
  const differs = difference(expected, action[part]);
  if (!differs) return [];
  const where = differs.pointer === '' ? '' : ` at ${differs.pointer}`;
  const what = action.hidden.includes(part) ? 'they are not as expected, and run history hides them' : differs.message;
  return [{ pointer: `${pointer}/${part}`, message: `the ${part} of "${action.name}"${where}: ${what}` }];
}

function ofValues(run: Run, { response, variables, outputs }: Expectation): Failure[] {
  const of = (part: string, expected: unknown, found: unknown): Failure[] => {
    const differs = expected === undefined ? undefined : difference(expected, found);
    return differs
      ? [{ pointer: `/${part}`, message: `${part}${differs.pointer && ` at ${differs.pointer}`}: ${differs.message}` }]
      : [];
  };
  const isHidden = run.actions.some(({ type, hidden }) => type.toLowerCase() === 'response' && hidden.includes('outputs'));
  const answered = of('response', withLowerHeaders(response), withLowerHeaders(run.response));
  const hides = hiddenVariables(run);
  const [hidden, shown] = [true, false].map((isOne) =>
    Object.fromEntries(Object.entries(variables ?? {}).filter(([name]) => hides.has(name.toLowerCase()) === isOne)),
  );
  return [
    ...(isHidden
      ? answered.map(({ pointer }) => ({ pointer, message: 'the response is not as expected, and run history hides it' }))
      : answered),
    ...of('variables', shown, run.variables),
    ...of('variables', hidden, run.variables).map(({ pointer }) => ({
      pointer,
      message: 'a variable is not as expected, and run history hides what it was given',
    })),
    ...of('outputs', outputs, run.outputs),
  ];
}

/** Names of headers have no case. */
function withLowerHeaders<Answer extends { readonly headers?: Readonly<Record<string, string>> }>(
  answer: Answer | undefined,
): Answer | undefined {
  if (!answer?.headers) return answer;
  return {
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** The texts are not told: they are secrets. */
function ofSecrets(run: Run, secrets: readonly string[]): Failure[] {
  const places = secrets.map((secret) => showing(run, secret));
  return places.flatMap((names, index) =>
    names.length === 0
      ? []
      : [
          {
            pointer: `/secrets/${index}`,
            message: `run history shows the secret in ${names
              .slice(0, 5)
              .map((name) => quote(name))
              .join(', ')}`,
          },
        ],
  );
}

/** Whose history shows a text, by name. */
function showing(run: Run, secret: string): string[] {
  const found = new Set<string>();
  for (const { trigger, actions, outputs, error } of [run, ...run.others]) {
    for (const one of [trigger, ...actions]) if (holds(one.history, secret) || holds(one.error, secret)) found.add(one.name);
    if (holds(outputs, secret)) found.add('outputs of the workflow');
    if (holds(error, secret)) found.add('error of the run');
  }
  return [...found];
}

function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (Array.isArray(value)) return value.some((item) => holds(item, text));
  return isObject(value) && Object.entries(value).some(([name, inner]) => name.includes(text) || holds(inner, text));
}

function ofForbidden(run: Run, { not }: Expectation): Failure[] {
  const actions = (not?.actions ?? []).flatMap((name, index) => {
    const ran = run.actions.find((one) => one.name.toLowerCase() === name.toLowerCase() && one.status !== 'Skipped');
    return ran ? [{ pointer: `/not/actions/${index}`, message: `"${name}" ran, and is ${ran.status}` }] : [];
  });
  const requests = (not?.requests ?? []).flatMap((wanted, index) => {
    const count = run.requests.filter((one) => fits(wanted, one)).length;
    return count > 0
      ? [{ pointer: `/not/requests/${index}`, message: `the request is made${count > 1 ? ` ${count} times` : ''}` }]
      : [];
  });
  return [...actions, ...requests];
}
