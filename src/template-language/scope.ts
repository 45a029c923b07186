import { isPlaceholder } from '../diagnostics/placeholder.ts';
import { asText } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import type { ArmScope } from './evaluate.ts';
import { type Fill, fillIn } from './fill-in.ts';
import { type Known, unknown, type Value } from './value.ts';

/** The parameters and variables that expressions of one template see. */
export class Scope implements ArmScope {
  readonly budget: { left: number };
  readonly #parameters: ReadonlyMap<string, unknown>;
  readonly #given: ReadonlyMap<string, Value>;
  readonly #variables: ReadonlyMap<string, unknown>;
  readonly #known = new Map<string, Value>();
  readonly #outer: readonly ArmScope[];

  /**
   * `given` are values that a nested template is called with; `outer` the templates around it whose deployments work out its
   * strings first, the outermost first.
   */
  constructor(
    template: Readonly<Record<string, unknown>>,
    budget: { left: number },
    given: ReadonlyMap<string, Value> = new Map(),
    outer: readonly ArmScope[] = [],
  ) {
    this.#outer = outer;
    this.budget = budget;
    this.#parameters = byLowerCase(template.parameters);
    this.#variables = byLowerCase(template.variables);
    this.#given = given;
  }

  /** What a parameter is called with, else its default. */
  parameter(name: string): Value {
    const key = name.toLowerCase();
    const declared = this.#parameters.get(key);
    if (/^secure/i.test(asText(member(declared, 'type')))) return unknown;
    const given = this.#given.get(key);
    if (given !== undefined) return given;
    const value = this.#remember(`parameter ${key}`, member(declared, 'defaultValue'));
    return isToFillIn(value) ? unknown : value;
  }

  variable(name: string): Value {
    return this.#remember(`variable ${name.toLowerCase()}`, this.#variables.get(name.toLowerCase()));
  }

  #remember(key: string, raw: unknown): Value {
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    // What is asked for while it is being worked out depends on itself.
    this.#known.set(key, unknown);
    const value = raw === undefined ? unknown : constant(fillIn(raw as Known, [...this.#outer, this]));
    this.#known.set(key, value);
    return value;
  }
}

function constant({ value, isOpen }: Fill): Value {
  return isOpen ? unknown : (value as Known);
}

/** Nothing, or a text such as `<your tenant>`: everyone who deploys the template writes something else. */
function isToFillIn(value: Value): boolean {
  return value === null || (typeof value === 'string' && (value.trim() === '' || isPlaceholder(value)));
}

function byLowerCase(group: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(isObject(group) ? group : {}).map(([key, value]) => [key.toLowerCase(), value]));
}
