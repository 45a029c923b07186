import { stringify } from 'yaml';
import { parameterType } from '../definition/parameters.ts';
import { listTriggers } from '../definition/walk.ts';
import type { Mock } from '../engine/mocks/mock.ts';
import type { TriggerInput } from '../engine/options.ts';
import { notRunCode } from '../engine/refusal.ts';
import type { OperationRun, Run } from '../engine/run/result.ts';
import { runDefinition } from '../engine/run.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { failuresOf } from './expectations.ts';
import { fits } from './expected-requests.ts';
import { LikelyAnswers } from './likely-answers.ts';
import { runnable, type Workflow } from './run-options.ts';
import { madeUp, sampleOf } from './shape.ts';
import type { ExpectedAction, ExpectedRequest } from './test-file.ts';

/** How a test names its workflow. */
export interface Named {
  /** From the folder of the test file. */
  readonly workflow: string;
  readonly name?: string;
  readonly environment?: string;
}

export interface FirstTest {
  /** The text of the test file, YAML. */
  readonly text: string;
  /** The run that it expects. */
  readonly run: Run;
}

/**
 * A first test of a workflow: one case, which passes as it is. What others answer and what fires it is made up from what the workflow
 * reads of it; what is expected is what then becomes of the run. Throws a UsageError where nothing can start.
 */
export function firstTest(workflow: Workflow, named: Named): FirstTest {
  const { definition } = workflow;
  const likely = new LikelyAnswers(definition);
  const trigger = likely.trigger();
  const parameters = missingParameters(workflow);
  const before = answered(workflow, likely, { trigger, parameters }, likely.mocks());
  const kept = secretActions(before.run);
  const { mocks, run } = answered(
    workflow,
    likely,
    { trigger, parameters },
    before.mocks.map((mock) => withSecret(mock, kept)),
  );
  const isHidden = mocks.some((mock) => holdsSecret(mock)) && !showsSecret(run);
  const asked = mocks.filter((_, index) => (run.mockCounts[index] ?? 0) > 0);
  const file = {
    ...named,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(asked.length > 0 && { mocks: asked }),
    cases: [
      {
        name: run.status === 'Succeeded' ? 'all goes well' : `the run is ${run.status}`,
        ...triggerIn(definition, trigger),
        expect: { ...expectationOf(run), ...(isHidden && { secrets: [secret] }) },
      },
    ],
  };
  const comment = [
    'A first test: inputs and answers are made up from what the workflow reads of them. Put in real ones, and say',
    'in further cases what must hold where the vault refuses, the API throttles, or the input is wrong.',
  ];
  const text = stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
  return { text: `${comment.map((line) => `# ${line}\n`).join('')}${text}`, run };
}

/** Actions that are answered by their name because certflow does not run them: a workflow has no more of them than that. */
const mostRounds = 100;

/** Runs it, and gives an answer to each action that needs one. */
function answered(
  workflow: Workflow,
  likely: LikelyAnswers,
  given: { readonly trigger: TriggerInput; readonly parameters: Readonly<Record<string, unknown>> },
  first: readonly Mock[],
): { readonly mocks: Mock[]; readonly run: Run } {
  const mocks = [...first];
  for (let round = 0; ; round++) {
    const { definition, options } = runnable(workflow, { ...given, mocks });
    const run = runDefinition(definition, options);
    const known = new Set(mocks.map(({ action }) => action));
    const left = run.actions.filter(({ code, name }) => code === notRunCode && !known.has(name)).map(({ name }) => name);
    if (left.length === 0 || round === mostRounds) return { mocks, run };
    for (const name of new Set(left)) mocks.push({ action: name, answer: { body: likely.outputs(name).body ?? {} } });
  }
}

/** Base64, as a vault keeps a certificate. */
const secret = 'VGhlIGNlcnRpZmljYXRlIG9mIGEgdGVzdA==';

/** The actions whose outputs history hides: what they are answered with is a secret. */
function secretActions({ actions }: Run): ReadonlySet<string> {
  return new Set(actions.filter(({ hidden }) => hidden.includes('outputs')).map(({ name }) => name));
}

function withSecret(mock: Mock, kept: ReadonlySet<string>): Mock {
  if (!kept.has(mock.action ?? '')) return mock;
  return JSON.parse(JSON.stringify(mock, (_, value) => (value === madeUp ? secret : value)));
}

function holdsSecret({ answer }: Mock): boolean {
  return JSON.stringify(answer ?? {}).includes(secret);
}

function showsSecret(run: Run): boolean {
  return failuresOf(run, { secrets: [secret] }).length > 0;
}

/** Values for the parameters that have none. */
function missingParameters({ definition, parameters = {} }: Workflow): Readonly<Record<string, unknown>> {
  const declared = Object.entries(isObject(definition.parameters) ? definition.parameters : {});
  const known = new Set(Object.entries(parameters).flatMap(([name, one]) => (member(one, 'value') === undefined ? [] : [name])));
  return Object.fromEntries(
    declared
      .filter(([name, one]) => !name.startsWith('$') && !known.has(name) && member(one, 'defaultValue') === undefined)
      .map(([name, one]) => [name, sampleValue(one)]),
  );
}

function sampleValue(declaration: unknown): unknown {
  const allowed = member(declaration, 'allowedValues');
  if (Array.isArray(allowed) && allowed.length > 0) return allowed[0];
  const type =
    parameterType(member(declaration, 'type'))
      ?.replace(/^secure/i, '')
      .toLowerCase() ?? 'string';
  const schemaType = { int: 'integer', float: 'number', bool: 'boolean' }[type] ?? type;
  return schemaType === 'array' ? [] : sampleOf({ type: schemaType });
}

/** What fires it, as far as anything is read of that. */
function triggerIn(definition: unknown, { name, outputs }: TriggerInput): { readonly trigger?: TriggerInput } {
  const isOne = listTriggers(definition).length < 2;
  const parts = Object.entries(isObject(outputs) ? outputs : {}).filter(
    ([, part]) => !isObject(part) || Object.keys(part).length > 0,
  );
  const isRequest = parts.every(([part, value]) => part === 'body' || (/^(?:headers|queries)$/.test(part) && isTexts(value)));
  const fired = isRequest ? Object.fromEntries(parts) : { outputs };
  const trigger = { ...(!isOne && name !== undefined && { name }), ...fired };
  return Object.keys(trigger).length > 0 ? { trigger } : {};
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

function expectationOf(run: Run) {
  const names = [...new Set(run.actions.map(({ name }) => name))];
  const actions = Object.fromEntries(names.map((name) => [name, expectedOf(run.actions.filter((one) => one.name === name))]));
  const requests = requestsOf(run);
  return {
    status: run.status,
    ...(run.error && { error: run.error.code }),
    ...(names.length > 0 && { actions }),
    ...(requests.length > 0 && { requests }),
  };
}

function expectedOf(all: readonly OperationRun[]): string | ExpectedAction {
  const [first] = all;
  const isSame = all.every(({ status }) => status === first?.status);
  const last = all.at(-1);
  const done = all.filter(({ status }) => status !== 'Skipped').length;
  const status = isSame ? first?.status : undefined;
  const hidden = last && last.status !== 'Skipped' ? last.hidden : [];
  if (status && hidden.length === 0 && all.length === 1) return status;
  return { ...(status && { status }), ...(hidden.length > 0 && { hidden }), ...(all.length > 1 && { times: done }) };
}

/**
 * Each request once, in the order of the first ones, with how often it is made where that is more than once. What is asked of a connector
 * is named by its action alone: another host writes it otherwise.
 */
function requestsOf({ requests }: Run): ExpectedRequest[] {
  const found = requests.map(
    ({ action, method, host }): ExpectedRequest =>
      host === undefined ? { action } : { action, ...(method !== undefined && { method }), host },
  );
  const once = found.filter((one, index) => found.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index);
  return once.map((one) => {
    const times = requests.filter((request) => fits(one, request)).length;
    return times > 1 ? { ...one, times } : one;
  });
}
