import type { Template } from '../../expression/syntax.ts';
import type { MockBook } from '../mocks/mock-book.ts';
import type { SentRequest } from '../mocks/request.ts';
import { OutOfSteps } from '../refusal.ts';
import type { Value } from '../values/value.ts';
import type { OperationRecord } from './record.ts';

export interface Variable {
  readonly name: string;
  /** In lower case. */
  readonly type: string;
  readonly value: Value;
}

interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Value;
}

/** What a run is begun with. */
type Given = Pick<
  RunState,
  'now' | 'trigger' | 'parameters' | 'appSettings' | 'workflow' | 'staticResults' | 'mocks' | 'random'
> & {
  readonly mostSteps: number;
  /** A real clock, which nobody moves; without it the run has one of its own. Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Whether somebody has cancelled the run. */
  readonly isCancelled?: () => boolean;
};

/** All that changes while a workflow runs. */
export class RunState {
  response: Response | undefined;
  readonly trigger: OperationRecord;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly appSettings: ReadonlyMap<string, Value>;
  readonly workflow: Value;
  readonly staticResults: unknown;
  readonly mocks: MockBook;
  readonly random: () => number;
  readonly variables = new Map<string, Variable>();
  readonly records: OperationRecord[] = [];
  readonly requests: SentRequest[] = [];
  /** By the group's name: of each action directly in it, what each round has become. */
  readonly results = new Map<string, readonly (readonly OperationRecord[])[]>();
  readonly notRun = new Set<string>();
  readonly templates = new Map<string, Template>();
  readonly isCancelled: () => boolean;
  readonly #clock: (() => number) | undefined;
  #now: number;
  #stepsLeft: number;
  readonly #mostSteps: number;

  constructor(given: Given) {
    this.#clock = given.clock;
    this.#now = given.now;
    this.isCancelled = given.isCancelled ?? (() => false);
    this.trigger = given.trigger;
    this.parameters = given.parameters;
    this.appSettings = given.appSettings;
    this.workflow = given.workflow;
    this.staticResults = given.staticResults;
    this.mocks = given.mocks;
    this.random = given.random;
    this.#stepsLeft = given.mostSteps;
    this.#mostSteps = given.mostSteps;
  }

  /** Milliseconds since 1970. To set it moves the run's own clock; a real one goes by itself. */
  get now(): number {
    return this.#clock ? this.#clock() : this.#now;
  }

  set now(time: number) {
    this.#now = time;
  }

  /** Counts an action. Refuses one more than may run. */
  step() {
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0) throw new OutOfSteps(`runs of more than ${this.#mostSteps} actions`);
  }
}
