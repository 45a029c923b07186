import { objectOf } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import type { Names } from '../../../template-language/evaluate.ts';
import { resolve, TemplateError } from '../../../template-language/resolve.ts';
import { type Known, unknown, type Value } from '../../../template-language/value.ts';
import type { World } from '../../world.ts';
import { type DeploymentScope, scopeFunction } from './place.ts';

/**
 * What a template asks about a resource: its properties, with `full` all of it, or what it lists under a word such as `listKeys`.
 * Undefined where it is not known.
 */
export type ReadResource = (id: string, what: 'properties' | 'full' | `list${string}`) => Known | undefined;

export type Template = Readonly<Record<string, unknown>>;

/** What the expressions of one template see: its parameters and variables, the place, and resources. */
export class TemplateNames implements Names {
  readonly place: DeploymentScope;
  readonly #world: World;
  readonly #template: Template;
  readonly #parameters: ReadonlyMap<string, unknown>;
  readonly #reference: ReadResource;
  readonly #variables = new Map<string, Value>();
  readonly #copyIndexes: readonly { readonly name: string; readonly index: number }[];

  constructor(
    world: World,
    place: DeploymentScope,
    template: Template,
    parameters: ReadonlyMap<string, unknown>,
    reference: ReadResource,
    copyIndexes: readonly { readonly name: string; readonly index: number }[] = [],
  ) {
    this.place = place;
    this.#world = world;
    this.#template = template;
    this.#parameters = parameters;
    this.#reference = reference;
    this.#copyIndexes = copyIndexes;
  }

  /** The same within one round of a loop. */
  inCopy(name: string, index: number): TemplateNames {
    const indexes = [{ name, index }, ...this.#copyIndexes];
    return new TemplateNames(this.#world, this.place, this.#template, this.#parameters, this.#reference, indexes);
  }

  parameter(name: string): Value {
    const word = name.toLowerCase();
    if (!this.#parameters.has(word)) throw new TemplateError(`The template parameter '${name}' is not found.`);
    return this.#parameters.get(word) as Known;
  }

  variable(name: string): Value {
    const word = name.toLowerCase();
    const before = this.#variables.get(word);
    if (before !== undefined) return before;
    const variables = objectOf(this.#template.variables);
    const raw = Object.entries(variables).find(([key]) => key.toLowerCase() === word)?.[1];
    const loops = Array.isArray(variables.copy) ? variables.copy : [];
    const loop = loops.find((one) => String(member(one, 'name')).toLowerCase() === word);
    if (raw === undefined && loop === undefined) throw new TemplateError(`The template variable '${name}' is not found.`);
    // What is asked for while it is being worked out depends on itself.
    this.#variables.set(word, unknown);
    const value = (raw === undefined ? loopItems(loop, this) : resolve(raw, this)) as Known;
    this.#variables.set(word, value);
    return value;
  }

  call(name: string, values: readonly Known[]): Value {
    if (name === 'reference') {
      const isFull = String(values[2] ?? values[1] ?? '').toLowerCase() === 'full';
      return this.#reference(String(values[0]), isFull ? 'full' : 'properties') ?? unknown;
    }
    if (name.startsWith('list')) return this.#reference(String(values[0]), name as 'list') ?? unknown;
    if (name === 'copyindex') {
      const [first, second] = values;
      const loop = typeof first === 'string' ? this.#copyIndexes.find((one) => one.name === first) : this.#copyIndexes[0];
      const offset = typeof first === 'number' ? first : typeof second === 'number' ? second : 0;
      return loop === undefined ? unknown : loop.index + offset;
    }
    return scopeFunction(this.#world, this.place, name, values) ?? unknown;
  }
}

/** The values of a template's parameters: given ones, else defaults. Throws a TemplateError for what is missing, strange or of another type. */
export function parameterValues(
  world: World,
  place: DeploymentScope,
  template: Template,
  given: Readonly<Record<string, unknown>>,
  reference: ReadResource,
): Map<string, unknown> {
  const declared = objectOf(template.parameters);
  const values = new Map<string, unknown>();
  const byWord = new Map(Object.entries(given).map(([name, parameter]) => [name.toLowerCase(), parameter]));
  const strange = Object.keys(given).filter(
    (name) => !Object.keys(declared).some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  if (strange.length > 0)
    throw new TemplateError(
      `Deployment template validation failed: 'The template parameters '${strange.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${Object.keys(declared).join(', ')}'.'`,
    );
  const names = new TemplateNames(world, place, template, values, reference);
  for (const [name, declaration] of Object.entries(declared)) {
    const value = member(byWord.get(name.toLowerCase()), 'value') ?? resolve(member(declaration, 'defaultValue'), names);
    if (value === undefined)
      throw new TemplateError(
        `Deployment template validation failed: 'The value for the template parameter '${name}' at line '1' and column '1' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.'`,
      );
    if (value !== unknown) check(name, declaration, value);
    values.set(name.toLowerCase(), value);
  }
  return values;
}

/** ARM takes no more rounds of a loop. */
const mostRounds = 800;

/** What a loop makes: `{ name, count, input }`, the input once a round. Throws a TemplateError. */
function loopItems(loop: unknown, names: TemplateNames): unknown[] {
  const name = String(member(loop, 'name'));
  return Array.from({ length: roundsOf(loop, names) }, (_, index) => resolve(member(loop, 'input'), names.inCopy(name, index)));
}

/** How often a loop goes round. Throws a TemplateError. */
export function roundsOf(loop: unknown, names: TemplateNames): number {
  const count = resolve(member(loop, 'count'), names);
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= mostRounds) return count;
  throw new TemplateError(
    `Deployment template validation failed: 'The copy count of '${member(loop, 'name')}' must be a whole number from 0 to ${mostRounds}.'`,
  );
}

function check(name: string, declaration: unknown, value: unknown) {
  const type = String(member(declaration, 'type'))
    .toLowerCase()
    .replace(/^secure/, '');
  const found = Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value === 'number'
        ? 'int'
        : typeof value === 'boolean'
          ? 'bool'
          : typeof value;
  if (found !== type && found !== 'null')
    throw new TemplateError(
      `Deployment template validation failed: 'Template parameter JToken type is not valid. Expected '${type}'. Actual '${found}'. Parameter: '${name}'. Please see https://aka.ms/arm-create-parameter-file for usage details.'`,
    );
  const allowed = member(declaration, 'allowedValues');
  if (Array.isArray(allowed) && !allowed.includes(value))
    throw new TemplateError(
      `Deployment template validation failed: 'The provided value '${value}' for the template parameter '${name}' is not valid. The value must be one of: ${allowed.map((one) => `'${one}'`).join(', ')}.'`,
    );
}
