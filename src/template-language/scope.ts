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
  readonly #outer: readonly Scope[];
  /** Whether the template has no section of parameters and none of variables. */
  readonly isPart: boolean;
  /** Tells scopes apart: one name means something else in each. */
  readonly id: number;
  /** Of variables, by name in lower case: see form.ts. */
  readonly forms = new Map<string, string>();

  /**
   * `given` are values that a nested template is called with; `outer` the templates around it whose deployments work out its
   * strings first, the outermost first.
   */
  constructor(
    template: Readonly<Record<string, unknown>>,
    budget: { left: number },
    given: ReadonlyMap<string, Value> = new Map(),
    outer: readonly Scope[] = [],
  ) {
    this.#outer = outer;
    this.id = outer.length;
    this.budget = budget;
    this.#parameters = byLowerCase(template.parameters);
    this.#variables = byLowerCase(template.variables);
    this.#given = given;
    this.isPart = !isObject(template.parameters) && !isObject(template.variables);
  }

  /** What a parameter is called with, else its default. */
  parameter(name: string): Value {
    const key = name.toLowerCase();
    const declared = this.#parameters.get(key);
    if (this.isSecure(key)) return unknown;
    const given = this.#given.get(key);
    if (given !== undefined) return given;
    const value = this.#remember(`parameter ${key}`, member(declared, 'defaultValue'));
    return isToFillIn(value) ? unknown : value;
  }

  variable(name: string): Value {
    return this.#remember(`variable ${name.toLowerCase()}`, this.#variables.get(name.toLowerCase()));
  }

  /** The parameters or the variables that the template declares, in lower case. */
  names(kind: 'parameters' | 'variables'): string[] {
    return [...(kind === 'parameters' ? this.#parameters : this.#variables).keys()];
  }

  /** Whether the template declares a parameter or a variable. */
  declares(kind: 'parameters' | 'variables', name: string): boolean {
    return (kind === 'parameters' ? this.#parameters : this.#variables).has(name.toLowerCase());
  }

  /** Whether a parameter's values are kept out of the history of deployments. */
  isSecure(name: string): boolean {
    return /^secure/i.test(asText(member(this.#parameters.get(name.toLowerCase()), 'type')));
  }

  /** A variable as it is written. */
  variableSource(name: string): unknown {
    return this.#variables.get(name.toLowerCase());
  }

  /** Those that work out the strings of this template: the templates around it, and itself. */
  get all(): readonly Scope[] {
    return [...this.#outer, this];
  }

  #remember(key: string, raw: unknown): Value {
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    // What is asked for while it is being worked out depends on itself.
    this.#known.set(key, unknown);
    const value = raw === undefined ? unknown : constant(fillIn(raw as Known, this.all));
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
