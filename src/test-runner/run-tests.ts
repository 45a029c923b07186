import { listActions } from '../definition/walk.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { suggestion } from '../diagnostics/words.ts';
import type { Run } from '../engine/run/result.ts';
import { runDefinition } from '../engine/run.ts';
import { pointerStep } from '../json/pointer.ts';
import { failuresOf } from './expectations.ts';
import type { Failure } from './failure.ts';
import { mistake } from './read-yaml.ts';
import { runnable, type Workflow } from './run-options.ts';
import { changes, type Snapshots, snapshotOf } from './snapshot.ts';
import type { ReadTestFile, TestCase, TestFile } from './test-file.ts';

/** What became of one case. */
export interface CaseResult {
  readonly name: string;
  /** Empty where all is as expected. */
  readonly failures: readonly Diagnostic[];
  /** Absent where nothing could start. */
  readonly run?: Run;
  /** What is to be written down of the run, where the case has a snapshot. */
  readonly snapshot?: unknown;
}

export interface TestResult {
  readonly cases: readonly CaseResult[];
  /** What is wrong with the tests themselves: names that the workflow has not, mocks that nobody asked, mocks of which only one can answer. */
  readonly mistakes: readonly Diagnostic[];
}

/**
 * Runs the cases of a test file against a workflow that Azure takes. Pure: the same files give the same result. `snapshots` are what was
 * written down before, by case; without them none is compared.
 */
export function runTests({ tests, source }: ReadTestFile, workflow: Workflow, snapshots?: Snapshots): TestResult {
  const at = (pointer: string, message: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
    ...mistake,
    file: source.file,
    message,
    pointer,
    range: source.rangeOf(pointer, 'key'),
    ...more,
  });
  const mistakes = [...unknownNames({ tests, source }, workflow, at), ...equalNames(tests, at), ...stale(tests, snapshots, at)];
  const shared = tests.mocks ?? [];
  const sharedCounts = shared.map(() => 0);
  const overlaps = new Map<string, Diagnostic>();
  const cases = tests.cases.map((one, index): CaseResult => {
    const own = one.mocks ?? [];
    const outcome = runCase({ tests, source }, one, workflow);
    const place = `/cases/${index}`;
    if ('message' in outcome) return { name: one.name, failures: [at(place, outcome.message, failed)] };
    const run = outcome;
    const pointerOf = (mock: number) => (mock < own.length ? `${place}/mocks/${mock}` : `/mocks/${mock - own.length}`);
    run.mockCounts.forEach((count, mock) => {
      if (mock >= own.length) sharedCounts[mock - own.length] = (sharedCounts[mock - own.length] ?? 0) + count;
      else if (count === 0) mistakes.push(at(pointerOf(mock), 'the mock answers nothing in this case', idle));
    });
    for (const [first, second] of run.mockOverlaps) {
      // Those of a case stand before those of all on purpose.
      if (first < own.length && second >= own.length) continue;
      const pointer = pointerOf(second);
      overlaps.set(
        pointer,
        at(pointer, `the mock fits a request that the one at ${pointerOf(first)} answers: only the first one is asked`, double),
      );
    }
    const written = one.expect.snapshot ? { snapshot: snapshotOf(run, workflow.definition) } : undefined;
    const changed = written && snapshots ? changes(one.name, written.snapshot, snapshots) : [];
    const all = [...failuresOf(run, one.expect), ...changed];
    const failures = all.map(({ pointer, message }: Failure) => at(place + pointer, message, failed));
    return { name: one.name, failures: [...failures, ...notRun(run, one, place, at)], run, ...written };
  });
  sharedCounts.forEach((count, index) => {
    if (count === 0) mistakes.push(at(`/mocks/${index}`, 'the mock answers nothing in any case', idle));
  });
  return { cases, mistakes: [...mistakes, ...overlaps.values()] };
}

const failed = { rule: 'test-failed' } as const;
const idle = { rule: 'test-mistake', severity: 'warning', help: 'take it out, or look what asks under another name' } as const;
const double = {
  rule: 'test-mistake',
  severity: 'warning',
  help: 'say more in the one that is meant, or put the answers into one mock as `answers`',
} as const;

/** What certflow does not run is no failure of the workflow: the case says so, unless it expects the action to fail. */
function notRun(
  run: Run,
  { expect }: TestCase,
  place: string,
  at: (pointer: string, message: string, more: Partial<Diagnostic>) => Diagnostic,
): Diagnostic[] {
  if (expect.error === 'NotRunByCertflow') return [];
  return run.notRun.map((what) => at(place, `certflow does not run ${what}`, failed));
}

function runCase({ tests }: ReadTestFile, one: TestCase, workflow: Workflow): Run | { readonly message: string } {
  const now = one.now ?? tests.now;
  const { definition, options } = runnable(workflow, {
    trigger: one.trigger ?? {},
    parameters: { ...tests.parameters, ...one.parameters },
    mocks: [...(one.mocks ?? []), ...(tests.mocks ?? [])],
    ...(tests.appSettings && { appSettings: tests.appSettings }),
    ...(now !== undefined && { now }),
  });
  try {
    return runDefinition(definition, options);
  } catch (error) {
    if (error instanceof UsageError) return { message: error.message };
    throw error;
  }
}

type At = (pointer: string, message: string, more: Partial<Diagnostic>) => Diagnostic;

/** Two cases of one name whose runs would be written down in one place. */
function equalNames({ cases }: TestFile, at: At): Diagnostic[] {
  const names = cases.map(({ name, expect }) => (expect.snapshot ? name : undefined));
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [at(`/cases/${index}/name`, `another case with a snapshot is called "${name}" too`, { rule: 'test-mistake' })]
      : [],
  );
}

/** What is written down of cases that are no longer there. */
function stale({ cases }: TestFile, snapshots: Snapshots = {}, at: At): Diagnostic[] {
  const names = new Set(cases.flatMap(({ name, expect }) => (expect.snapshot ? [name] : [])));
  return Object.keys(snapshots)
    .filter((name) => !names.has(name))
    .map((name) =>
      at('', `there is a snapshot of a case "${name}", and no such case`, {
        rule: 'test-mistake',
        severity: 'warning',
        help: '"certflow test --update" takes it out',
      }),
    );
}

/** Names of actions that the workflow has not: in mocks, and in what is expected. */
function unknownNames(
  { tests }: ReadTestFile,
  { definition }: Workflow,
  at: (pointer: string, message: string, more: Partial<Diagnostic>) => Diagnostic,
): Diagnostic[] {
  const actions = listActions(definition);
  const known = actions.map(({ name }) => name);
  const words = new Set(actions.map(({ nameWord }) => nameWord));
  const look = (name: string | undefined, pointer: string): Diagnostic[] =>
    name === undefined || words.has(name.toLowerCase())
      ? []
      : [at(pointer, `the workflow has no action "${name}"`, { rule: 'test-mistake', ...suggestion(name, known, 'actions') })];
  const inMocks = (mocks: TestCase['mocks'], pointer: string) =>
    (mocks ?? []).flatMap(({ action }, index) => look(action, `${pointer}/mocks/${index}/action`));
  return [
    ...inMocks(tests.mocks, ''),
    ...tests.cases.flatMap(({ mocks, expect }, index) => {
      const place = `/cases/${index}/expect`;
      return [
        ...inMocks(mocks, `/cases/${index}`),
        ...Object.keys(expect.actions ?? {}).flatMap((name) => look(name, `${place}/actions${pointerStep(name)}`)),
        ...(expect.not?.actions ?? []).flatMap((name, place2) => look(name, `${place}/not/actions/${place2}`)),
        ...(expect.requests ?? []).flatMap(({ action }, place2) => look(action, `${place}/requests/${place2}/action`)),
        ...(expect.not?.requests ?? []).flatMap(({ action }, place2) => look(action, `${place}/not/requests/${place2}/action`)),
      ];
    }),
  ];
}
