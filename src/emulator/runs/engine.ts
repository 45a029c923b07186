import { randomUUID } from 'node:crypto';
import { isSecured } from '../../definition/get-secret.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { type ActionRecord, type ArmResource, now, type Run } from '../state.ts';
import type { World } from '../world.ts';
import { getSecret } from './get-secret.ts';
import { http } from './http.ts';
import { ActionError, holds, type RunScope } from './scope.ts';

type Action = Readonly<Record<string, unknown>>;
type Status = 'Succeeded' | 'Failed' | 'Skipped' | 'Cancelled';

/** Ends a run from within: the Terminate action. */
export class Terminated extends Error {
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | undefined;

  constructor(status: string, error: { readonly code: string; readonly message: string } | undefined) {
    super('terminated');
    this.status = status;
    this.error = error;
  }
}

/** Runs the actions of a workflow, each in its turn, and tells of every action that begins or ends. */
export class Engine {
  response: Run['response'];
  readonly #world: World;
  readonly #workflow: ArmResource;
  readonly #scope: RunScope;
  readonly #tell: (action: ActionRecord) => void;
  readonly #isCancelled: () => boolean;

  constructor(
    world: World,
    workflow: ArmResource,
    scope: RunScope,
    tell: (action: ActionRecord) => void,
    isCancelled: () => boolean,
  ) {
    this.#world = world;
    this.#workflow = workflow;
    this.#scope = scope;
    this.#tell = tell;
    this.#isCancelled = isCancelled;
  }

  /** Runs a group of actions by their `runAfter`, and gives how it ended: failed where a last action failed. */
  async runGroup(actions: unknown): Promise<Status> {
    const waiting = new Map(
      Object.entries(isObject(actions) ? actions : {}).filter((pair): pair is [string, Action] => isObject(pair[1])),
    );
    const group = new Map(waiting);
    while (waiting.size > 0) {
      const ready = [...waiting].filter(([, action]) => predecessors(action).every(([name]) => !waiting.has(name)));
      if (ready.length === 0) throw new ActionError('InvalidTemplate', 'The actions wait for each other in a circle.');
      for (const [name, action] of ready) {
        waiting.delete(name);
        await this.#runOne(name, action);
      }
    }
    return this.#endOf(group);
  }

  async #runOne(name: string, action: Action) {
    const startTime = now();
    const base = {
      name,
      startTime,
      trackingId: randomUUID(),
      isInputSecured: isSecured(action, 'inputs'),
      isOutputSecured: isSecured(action, 'outputs'),
      isSecretHandedOn: isSecured(action, 'outputs'),
    };
    const unmet = predecessors(action).find(([before, statuses]) => !statuses.includes(this.#statusOf(before)));
    if (unmet || this.#isCancelled()) {
      const message = unmet
        ? `The execution of template action '${name}' is skipped: the 'runAfter' condition for action '${unmet[0]}' is not satisfied. Expected status values '${unmet[1].join(', ')}' and actual value '${this.#statusOf(unmet[0])}'.`
        : 'The run was cancelled.';
      const status = unmet ? 'Skipped' : 'Cancelled';
      this.#end({
        ...base,
        status,
        code: unmet ? 'ActionSkipped' : 'Cancelled',
        endTime: startTime,
        error: { code: 'ActionConditionFailed', message },
      });
      return;
    }
    this.#tell({ ...base, status: 'Running', code: 'NotSpecified', endTime: startTime });
    await this.#world.pause(this.#world.pace.step);
    try {
      const done = await this.#perform(name, action);
      const isInputSecured = base.isInputSecured || done.isSecret;
      // These hand a secret on: docs/facts/run-history.md#hiding-inputs-and-outputs.
      const isOutputSecured =
        base.isOutputSecured || (done.isSecret && /^(compose|parsejson|response)$/i.test(String(action.type)));
      const { status = 'Succeeded', inputs, outputs } = done;
      const failure =
        status === 'Failed'
          ? { error: { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' } }
          : {};
      const code = status === 'Failed' ? 'ActionFailed' : 'OK';
      this.#end({ ...base, isInputSecured, isOutputSecured, status, code, endTime: now(), inputs, outputs, ...failure });
    } catch (error) {
      if (error instanceof Terminated) this.#end({ ...base, status: 'Succeeded', code: 'OK', endTime: now() });
      if (!(error instanceof ActionError)) throw error;
      const { code, message, outputs } = error;
      this.#end({
        ...base,
        ...this.#inputsIfKnown(action),
        status: 'Failed',
        code,
        endTime: now(),
        outputs,
        error: { code, message },
      });
    }
  }

  /** What failed is shown with its inputs, where those could be worked out. */
  #inputsIfKnown(action: Action): Pick<ActionRecord, 'inputs' | 'isInputSecured'> {
    try {
      const { value, isSecret } = this.#scope.resolve(action.inputs);
      return { inputs: shown(value), isInputSecured: isSecret || isSecured(action, 'inputs') };
    } catch {
      return { isInputSecured: isSecured(action, 'inputs') };
    }
  }

  async #perform(
    name: string,
    action: Action,
  ): Promise<{ inputs?: unknown; outputs?: unknown; isSecret: boolean; status?: Status }> {
    const type = String(action.type).toLowerCase();
    if (type === 'scope') return { isSecret: false, status: await this.runGroup(action.actions) };
    if (type === 'if') {
      const isMet = holds(this.#scope, action.expression);
      const branch = isMet ? action.actions : member(action, 'else', 'actions');
      return { isSecret: false, outputs: { expressionResult: isMet }, status: await this.runGroup(branch) };
    }
    if (type === 'foreach') return { isSecret: false, status: await this.#forEach(name, action) };
    const { value: inputs, isSecret } = this.#scope.resolve(action.inputs);
    return { inputs: shown(inputs), outputs: await this.#simple(type, inputs), isSecret };
  }

  /** Gives the outputs of an action that holds no others. */
  async #simple(type: string, inputs: unknown): Promise<unknown> {
    switch (type) {
      case 'apiconnection':
        return getSecret(this.#world, this.#workflow, inputs);
      case 'http':
        return http(this.#world, this.#workflow, inputs);
      case 'compose':
        return inputs;
      case 'parsejson':
        return { body: member(inputs, 'content') };
      case 'response':
        return this.#respond(inputs);
      case 'initializevariable':
        for (const variable of (member(inputs, 'variables') ?? []) as unknown[])
          this.#set(member(variable, 'name'), member(variable, 'value') ?? null);
        return undefined;
      case 'setvariable':
        this.#set(member(inputs, 'name'), member(inputs, 'value'));
        return undefined;
      case 'wait':
        return undefined;
      case 'terminate': {
        const error = member(inputs, 'runError');
        throw new Terminated(
          String(member(inputs, 'runStatus')),
          isObject(error) ? { code: String(error.code), message: String(error.message) } : undefined,
        );
      }
      default:
        throw new ActionError(
          'ActionNotSupportedByEmulator',
          `The emulator does not run actions of the type '${type}'. Azure does.`,
        );
    }
  }

  #set(name: unknown, value: unknown) {
    this.#scope.variables.set(String(name).toLowerCase(), value);
  }

  #respond(inputs: unknown): unknown {
    const headers = member(inputs, 'headers');
    this.response = {
      status: Number(member(inputs, 'statusCode') ?? 200),
      headers: Object.fromEntries(
        Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      body: member(inputs, 'body'),
    };
    return { statusCode: this.response.status, headers: this.response.headers, body: this.response.body };
  }

  async #forEach(name: string, action: Action): Promise<Status> {
    const items = this.#scope.resolve(action.foreach).value;
    if (!Array.isArray(items))
      throw new ActionError(
        'ExpressionEvaluationFailed',
        `The execution of template action '${name}' failed: the result of the evaluation of 'foreach' expression is not a valid array.`,
      );
    let status: Status = 'Succeeded';
    for (const item of items)
      await this.#scope.withItem(name, item, async () => {
        if ((await this.runGroup(action.actions)) === 'Failed') status = 'Failed';
      });
    return status;
  }

  #end(action: ActionRecord) {
    this.#scope.actions.set(action.name.toLowerCase(), action);
    this.#tell(action);
  }

  #statusOf(name: string): string {
    return this.#scope.actions.get(name.toLowerCase())?.status ?? 'Skipped';
  }

  /** Of the actions that no other runs after: what was skipped counts as what it waited for. */
  #endOf(group: ReadonlyMap<string, Action>): Status {
    const waitedFor = new Set([...group.values()].flatMap((action) => predecessors(action).map(([name]) => name)));
    const last = [...group.keys()].filter((name) => !waitedFor.has(name));
    const seen = new Set<string>();
    const hasFailed = (name: string): boolean => {
      if (seen.has(name)) return false;
      seen.add(name);
      const status = this.#statusOf(name);
      if (status === 'Failed' || status === 'Cancelled') return true;
      return status === 'Skipped' && predecessors(group.get(name) ?? {}).some(([before]) => hasFailed(before));
    };
    return last.some(hasFailed) ? 'Failed' : 'Succeeded';
  }
}

function predecessors({ runAfter }: Action): [name: string, statuses: string[]][] {
  return Object.entries(isObject(runAfter) ? runAfter : {}).map(([name, statuses]) => {
    const wanted =
      Array.isArray(statuses) && statuses.length > 0 ? statuses.map((status) => title(String(status))) : ['Succeeded'];
    return [name, wanted];
  });
}

function title(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1).toLowerCase();
}

/** History shows no authentication in any case. Source: docs/facts/run-history.md#hiding-inputs-and-outputs. */
function shown(inputs: unknown): unknown {
  if (!isObject(inputs) || !isObject(inputs.authentication)) return inputs;
  const { authentication, ...rest } = inputs;
  return { ...rest, authentication: { type: authentication.type } };
}
