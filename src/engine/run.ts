import { UsageError } from '../diagnostics/errors.ts';
import { quote } from '../diagnostics/words.ts';
import { member } from '../json/member.ts';
import { MockBook } from './mocks/mock-book.ts';
import type { RunOptions } from './options.ts';
import { NotRun, Refusal } from './refusal.ts';
import { followRun } from './run/follow.ts';
import { Frame } from './run/frame.ts';
import { parametersOf } from './run/parameters.ts';
import { randomFrom } from './run/random.ts';
import type { OperationRecord, RunError, Status } from './run/record.ts';
import { type Run, shownRun, timeText } from './run/result.ts';
import { Scope } from './run/scope.ts';
import { RunState } from './run/state.ts';
import { firedBy, heldBack, schemaProblems, splitBy, triggerOf } from './run/trigger.ts';
import { toPlain, toValue } from './values/json.ts';
import type { Value } from './values/value.ts';

const usualStart = '2026-01-01T00:00:00Z';
const usualSteps = 1_000_000;

/**
 * Runs a workflow definition from its trigger to its end, without network, disk or clock: mocks answer, waiting moves a clock of its
 * own. Gives the run with all that run history would show, and what it would not. The same options give the same run.
 *
 * Throws a `UsageError` where nothing can start: no trigger or several and none named, a value of a parameter that is not declared, `now`
 * that is no time. What fails in the run stands in the run.
 */
export function runDefinition(definition: unknown, options: RunOptions = {}): Run {
  const now = Date.parse(options.now ?? usualStart);
  if (!Number.isFinite(now)) throw new UsageError(`${quote(options.now)} is no time: write one such as ${usualStart}`);
  const trigger = triggerOf(definition, options.trigger?.name);
  const shared = {
    now,
    parameters: parametersOf(definition, options.parameters),
    appSettings: new Map(
      Object.entries(options.appSettings ?? {}).map(([name, value]): [string, Value] => [name.toLowerCase(), value]),
    ),
    workflow: toValue({ ...aboutWorkflow, ...options.workflow }),
    staticResults: member(definition, 'staticResults'),
    mocks: new MockBook(options.mocks ?? []),
    random: randomFrom(options.seed ?? 1),
    mostSteps: options.mostSteps ?? usualSteps,
  };
  const fired = firedBy(trigger, options.trigger ?? {}, now);
  const start = (record: OperationRecord) => new RunState({ ...shared, trigger: record });
  const state = start(fired);
  try {
    const problems = schemaProblems(trigger, fired);
    if (problems.length > 0)
      return unstarted(
        state,
        { code: 'TriggerInputSchemaMismatch', message: `The body does not fit the trigger's schema: ${problems[0]}` },
        'Failed',
      );
    const scope = new Scope(state, new Frame());
    const split = splitBy(trigger, fired, scope);
    const states = split?.map((outputs) => start({ ...fired, outputs })) ?? [state];
    const runs = states.map((one) => {
      const held = heldBack(trigger, new Scope(one, new Frame()));
      return held ? unstarted(one, { code: held.code, message: held.message }, 'Skipped') : withMocks(one, definition);
    });
    const [first, ...others] = runs;
    return first
      ? { ...first, others }
      : unstarted(
          state,
          { code: 'TriggerSplitOnEmpty', message: 'The trigger starts no run: it splits an array without items.' },
          'Skipped',
        );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error instanceof NotRun) state.notRun.add(error.what);
    return unstarted(state, { code: error.code, message: error.message }, 'Failed');
  }
}

/** What `workflow()` gives where nothing is said. */
const aboutWorkflow = {
  id: '/workflows/workflow',
  name: 'workflow',
  type: 'Microsoft.Logic/workflows',
  location: 'westeurope',
  tags: {},
  run: { id: '/workflows/workflow/runs/run', name: 'run', type: 'Microsoft.Logic/workflows/runs' },
};

/** A run that did not begin: the trigger failed, or held it back. */
function unstarted(state: RunState, error: RunError, status: 'Failed' | 'Skipped'): Run {
  return result(state, { ...state.trigger, status, code: error.code, error }, status, error, {});
}

/** Runs it to its end at once: mocks answer. */
function withMocks(state: RunState, definition: unknown): Run {
  const steps = followRun(state, definition);
  let step = steps.next();
  while (!step.done) step = steps.next(step.value.kind === 'asks' ? state.mocks.answer(step.value.asked.request) : undefined);
  const { status, error, outputs } = step.value;
  return result(state, state.trigger, status, error, outputs);
}

function result(
  state: RunState,
  trigger: OperationRecord,
  status: Status,
  error: RunError | undefined,
  outputs: Record<string, unknown>,
): Run {
  const { response, records, requests, variables, mocks } = state;
  return {
    status,
    ...(error && { error }),
    startTime: timeText(trigger.start),
    endTime: timeText(state.now),
    trigger: shownRun(trigger),
    actions: records.map(shownRun),
    requests,
    ...(response && {
      response: {
        status: response.status,
        headers: response.headers,
        ...(response.body !== undefined && { body: toPlain(response.body) }),
      },
    }),
    variables: Object.fromEntries([...variables.values()].map(({ name, value }) => [name, toPlain(value)])),
    outputs,
    notRun: [...state.notRun],
    mockCounts: mocks.counts,
    mockOverlaps: mocks.overlaps,
    others: [],
  };
}
