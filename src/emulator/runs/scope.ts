import { randomUUID } from 'node:crypto';
import { ExpressionSyntaxError } from '../../expression/syntax-error.ts';
import { parseTemplate } from '../../expression/template.ts';
import { isObject } from '../../json/json.ts';
import { entryOf, member } from '../../json/member.ts';
import { evaluate, type Names } from '../../template-language/evaluate.ts';
import { functions } from '../../template-language/functions.ts';
import { type Known, unknown, type Value } from '../../template-language/value.ts';
import type { ActionRecord } from '../state.ts';

/** Why an action failed; shown with it. */
export class ActionError extends Error {
  readonly code: string;
  readonly outputs: unknown;

  constructor(code: string, message: string, outputs?: unknown) {
    super(message);
    this.code = code;
    this.outputs = outputs;
  }
}

export interface Resolved {
  readonly value: unknown;
  /** Whether it holds outputs that an action keeps out of its history. */
  readonly isSecret: boolean;
}

/** What the expressions of a run see: parameters, variables, the trigger, and the actions that have ended. */
export class RunScope implements Names {
  readonly actions = new Map<string, ActionRecord>();
  readonly variables = new Map<string, unknown>();
  readonly trigger: ActionRecord;
  readonly workflow: Readonly<Record<string, unknown>>;
  readonly #parameters: ReadonlyMap<string, unknown>;
  readonly #items: { readonly loop: string; readonly item: unknown }[] = [];
  #readsSecret = false;

  constructor(parameters: ReadonlyMap<string, unknown>, trigger: ActionRecord, workflow: Readonly<Record<string, unknown>>) {
    this.#parameters = parameters;
    this.trigger = trigger;
    this.workflow = workflow;
  }

  /** A value of the definition with its expressions worked out. Throws an ActionError. */
  resolve(value: unknown): Resolved {
    this.#readsSecret = false;
    return { value: this.#visit(value), isSecret: this.#readsSecret };
  }

  /** Runs something for one item of a loop. */
  async withItem(loop: string, item: unknown, work: () => Promise<void>) {
    this.#items.unshift({ loop: loop.toLowerCase(), item });
    try {
      await work();
    } finally {
      this.#items.shift();
    }
  }

  parameter(name: string): Value {
    return known(this.#parameters.get(name.toLowerCase()));
  }

  variable(name: string): Value {
    return known(this.variables.get(name.toLowerCase()));
  }

  call(name: string, values: readonly Known[]): Value {
    const [first, second, third] = values;
    switch (name) {
      case 'body':
        return known(member(this.#outputsOf(String(first)), 'body'), null);
      case 'outputs':
        return known(this.#outputsOf(String(first)), null);
      case 'actions':
        return this.#action(String(first)) as unknown as Known;
      case 'trigger':
        return this.#fired() as unknown as Known;
      case 'triggeroutputs':
        return known(this.#fired().outputs, null);
      case 'triggerbody':
        return known(member(this.#fired().outputs, 'body'), null);
      case 'item':
        return known(this.#items[0]?.item);
      case 'items':
        return known(this.#items.find(({ loop }) => loop === String(first).toLowerCase())?.item);
      case 'workflow':
        return this.workflow;
      case 'utcnow':
        return new Date().toISOString();
      case 'guid':
        return randomUUID();
      case 'encodeuricomponent':
        return encodeURIComponent(String(first));
      case 'decodeuricomponent':
      case 'uricomponenttostring':
        return decodeURIComponent(String(first));
      case 'setproperty':
      case 'addproperty':
        return isObject(first) ? { ...first, [String(second)]: third } : unknown;
      default:
        return unknown;
    }
  }

  #action(name: string): ActionRecord {
    const found = this.actions.get(name.toLowerCase());
    if (found === undefined)
      throw new ActionError('InvalidTemplate', `The action '${name}' is not defined in the template, or has not run yet.`);
    if (found.isSecretHandedOn) this.#readsSecret = true;
    return found;
  }

  #fired(): ActionRecord {
    if (this.trigger.isSecretHandedOn) this.#readsSecret = true;
    return this.trigger;
  }

  #outputsOf(name: string): unknown {
    return this.#action(name).outputs;
  }

  #visit(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.#visit(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#visit(inner)]));
  }

  #text(text: string): unknown {
    try {
      const template = parseTemplate(text);
      if (template.kind === 'literal') return template.text;
      if (template.kind === 'expression') return this.#expression(template.expression, text);
      return template.segments
        .map((segment) => (segment.kind === 'text' ? segment.text : asText(this.#expression(segment.expression, text))))
        .join('');
    } catch (error) {
      if (error instanceof ExpressionSyntaxError) throw new ActionError('InvalidTemplate', error.message);
      throw error;
    }
  }

  #expression(expression: Parameters<typeof evaluate>[0], text: string): Known {
    const value = evaluate(expression, this);
    if (value === unknown)
      throw new ActionError(
        'InvalidTemplate',
        `Unable to process template language expressions: the template language expression '${text}' cannot be evaluated.`,
      );
    return value;
  }
}

function known(value: unknown, missing: Value = unknown): Value {
  return value === undefined ? missing : (value as Known);
}

function asText(value: Known): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether the condition of an If holds: an expression, or groups of `and`, `or`, `not`, `equals` and so on. Throws an ActionError. */
export function holds(scope: RunScope, condition: unknown): boolean {
  if (!isObject(condition))
    return scope.resolve(condition).value === true || String(scope.resolve(condition).value).toLowerCase() === 'true';
  const [[name, given] = ['', undefined], ...more] = Object.entries(condition);
  if (more.length > 0) throw new ActionError('InvalidTemplate', 'A condition has one operator.');
  const word = name.toLowerCase();
  if (word === 'not') return !holds(scope, given);
  if (!Array.isArray(given)) throw new ActionError('InvalidTemplate', `The operator '${name}' of a condition takes a list.`);
  if (word === 'and') return given.every((one) => holds(scope, one));
  if (word === 'or') return given.some((one) => holds(scope, one));
  const values = given.map((one) => scope.resolve(one).value as Known);
  const run = entryOf(functions, word);
  const result = run ? run(values) : scope.call(word, values);
  if (typeof result !== 'boolean') throw new ActionError('InvalidTemplate', `The condition '${name}' cannot be evaluated.`);
  return result;
}
