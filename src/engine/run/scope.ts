import { deepest } from '../../definition/walk.ts';
import type { Template } from '../../expression/syntax.ts';
import { ExpressionSyntaxError } from '../../expression/syntax-error.ts';
import { parseTemplate } from '../../expression/template.ts';
import { evaluate } from '../evaluate.ts';
import { short } from '../functions/limits.ts';
import type { World } from '../functions/world.ts';
import { notRun, refuse } from '../refusal.ts';
import { groupOf, toValue } from '../values/json.ts';
import { asText } from '../values/text.ts';
import { isGroup, isList, type Value } from '../values/value.ts';
import type { Frame } from './frame.ts';
import type { RunState } from './state.ts';
import { actionValue } from './views.ts';

export interface Resolved {
  readonly value: Value;
  /** Whether it was made of outputs that run history hides. */
  readonly isSecret: boolean;
}

/** What the expressions of one action see: the run, and the loops that the action stands in. */
export class Scope implements World {
  readonly #state: RunState;
  readonly frame: Frame;
  #readsSecret = false;
  #current: Value = null;
  /** The items of Query and Select, the innermost last. */
  readonly #own: Value[] = [];

  constructor(state: RunState, frame: Frame) {
    this.#state = state;
    this.frame = frame;
  }

  /** A value of the definition with its expressions worked out. Refuses what the service refuses. */
  resolve(value: unknown): Resolved {
    this.#readsSecret = false;
    return { value: this.#visit(value, 0), isSecret: this.#readsSecret };
  }

  /** Works something out for an item that `item()` gives. */
  withItem<Made>(item: Value, work: () => Made): Made {
    this.#own.push(item);
    try {
      return work();
    } finally {
      this.#own.pop();
    }
  }

  /** Works something out where `action()` gives what an action has become. */
  withCurrent<Made>(action: Value, work: () => Made): Made {
    this.#current = action;
    try {
      return work();
    } finally {
      this.#current = null;
    }
  }

  /** An expression as it stands in the definition; what is no text is a value already. */
  #visit(value: unknown, depth: number): Value {
    if (typeof value === 'string') return this.#text(value);
    if (depth > deepest) return notRun(`values that are nested more than ${deepest} levels deep`);
    if (Array.isArray(value)) return value.map((item) => this.#visit(item, depth + 1));
    if (typeof value !== 'object' || value === null || !isPlain(value)) return toValue(value);
    return groupOf(
      Object.entries(value).map(([key, inner]): [string, Value] => [asText(this.#text(key)), this.#visit(inner, depth + 1)]),
    );
  }

  #text(text: string): Value {
    const template = templateOf(text, this.#state.templates);
    if (template.kind === 'literal') return template.text;
    if (template.kind === 'expression') return evaluate(template.expression, this);
    return short(
      template.segments
        .map((segment) => (segment.kind === 'text' ? segment.text : asText(evaluate(segment.expression, this))))
        .join(''),
    );
  }

  now(): number {
    return this.#state.now;
  }

  random(): number {
    return this.#state.random();
  }

  parameter(name: string): Value {
    return this.#state.parameters.get(name.toLowerCase()) ?? this.#missing('parameter', name, this.#state.parameters);
  }

  variable(name: string): Value {
    const found = this.#state.variables.get(name.toLowerCase());
    return found ? found.value : refuse(`The variable '${name.slice(0, 60)}' is not initialized.`);
  }

  appSetting(name: string): Value {
    return this.#state.appSettings.get(name.toLowerCase()) ?? this.#missing('app setting', name, this.#state.appSettings);
  }

  #missing(what: string, name: string, known: ReadonlyMap<string, Value>): Value {
    // Null is a value too.
    return known.has(name.toLowerCase()) ? null : refuse(`There is no value of the ${what} '${name.slice(0, 60)}'.`);
  }

  action(name: string): Value {
    const found = this.#recordsOf(name);
    return isEach(found) ? found.map(actionValue) : actionValue(found);
  }

  outputs(name: string): Value {
    const found = this.#recordsOf(name);
    return isEach(found) ? found.map(({ outputs }) => outputs ?? null) : (found.outputs ?? null);
  }

  body(name: string): Value {
    const found = this.#recordsOf(name);
    return isEach(found) ? found.map(({ outputs }) => bodyIn(outputs)) : bodyIn(found.outputs);
  }

  #recordsOf(name: string) {
    const found =
      this.frame.find(name) ?? refuse(`The action '${name.slice(0, 80)}' is not in the workflow, or has not run yet.`);
    if (isEach(found) ? found.some(({ isSecretHandedOn }) => isSecretHandedOn) : found.isSecretHandedOn) this.#readsSecret = true;
    return found;
  }

  currentAction(): Value {
    return this.#current;
  }

  result(name: string): Value {
    const found = this.#state.results.get(name.toLowerCase()) ?? refuse(`The group '${name.slice(0, 80)}' has not run yet.`);
    return found.map((records) => {
      if (records.some(({ isSecretHandedOn }) => isSecretHandedOn)) this.#readsSecret = true;
      const [first] = records;
      const inLoop = first && first.iterations.length > this.frame.iterations.length;
      return inLoop
        ? groupOf([
            ['name', first.name],
            ['outputs', records.map(actionValue)],
          ])
        : first
          ? actionValue(first)
          : null;
    });
  }

  trigger(): Value {
    if (this.#state.trigger.isSecretHandedOn) this.#readsSecret = true;
    return actionValue(this.#state.trigger);
  }

  item(): Value {
    const own = this.#own.at(-1);
    return own !== undefined ? own : this.frame.item(undefined);
  }

  items(loop: string): Value {
    return this.frame.item(loop);
  }

  iterationIndex(loop: string): Value {
    return this.frame.index(loop);
  }

  workflow(): Value {
    return this.#state.workflow;
  }

  callbackUrl(): Value {
    return 'https://callback.invalid/';
  }
}

function isEach<One>(found: One | readonly One[]): found is readonly One[] {
  return Array.isArray(found);
}

function bodyIn(outputs: Value | undefined): Value {
  return outputs !== undefined && isGroup(outputs) && !isList(outputs) ? (outputs.body ?? null) : null;
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}

function templateOf(text: string, known: Map<string, Template>): Template {
  const found = known.get(text);
  if (found) return found;
  try {
    const template = parseTemplate(text);
    known.set(text, template);
    return template;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError)
      refuse(`The template language expression '${text.slice(0, 60)}' is not valid: ${error.message}`);
    throw error;
  }
}
