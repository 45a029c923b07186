import type { Surroundings } from '../definition/surroundings.ts';
import { type ActionEntry, isGroup, listActions, member, walkStrings } from '../definition/walk.ts';
import { pointerStep } from '../diagnostics/pointer.ts';
import { listReferences, type Reference } from '../expression/references.ts';
import type { Template } from '../expression/syntax.ts';
import { ExpressionSyntaxError } from '../expression/syntax-error.ts';
import { isTemplate, parseTemplate } from '../expression/template.ts';

/** A string that holds an expression, or was meant to. */
export interface TemplateEntry {
  readonly text: string;
  readonly pointer: string;
  /** The action that it stands in, if any. */
  readonly action?: ActionEntry;
  /** Absent where the string does not parse; then `error` says why. */
  readonly template?: Template;
  readonly error?: ExpressionSyntaxError;
  readonly references: readonly Reference[];
}

export interface TriggerEntry {
  readonly name: string;
  readonly pointer: string;
  readonly trigger: Readonly<Record<string, unknown>>;
  readonly type: string;
}

/** A definition as the rules look at it: everything that several of them need is worked out once. */
export class Subject {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly surroundings: Surroundings;
  readonly triggers: readonly TriggerEntry[];
  readonly actions: readonly ActionEntry[];
  readonly templates: readonly TemplateEntry[];
  readonly #actionsByName: ReadonlyMap<string, ActionEntry>;
  readonly #templatesByPointer: ReadonlyMap<string, TemplateEntry>;

  constructor(definition: unknown, surroundings: Surroundings) {
    this.definition = isGroup(definition) ? definition : {};
    this.surroundings = surroundings;
    this.triggers = listTriggers(this.definition);
    this.actions = listActions(this.definition);
    this.#actionsByName = new Map(this.actions.map((entry) => [entry.name.toLowerCase(), entry]));
    this.templates = listTemplates(this.definition, this.triggers, this.actions, (text) => this.isOpen(text));
    this.#templatesByPointer = new Map(this.templates.map((entry) => [entry.pointer, entry]));
  }

  /** The action of a name; case does not count. */
  actionNamed(name: string): ActionEntry | undefined {
    return this.#actionsByName.get(name.toLowerCase());
  }

  /** The expression in the string at a pointer, if there is one. */
  templateAt(pointer: string): TemplateEntry | undefined {
    return this.#templatesByPointer.get(pointer);
  }

  /** Whether a value is an expression of an ARM template: the service never sees it, and anything may come of it. */
  isOpen(value: unknown): boolean {
    return this.surroundings.armExpressions === true && typeof value === 'string' && value.startsWith('[') && value.endsWith(']');
  }

  /**
   * The text that a string has at run time, where that is known: a literal, or the value of a parameter.
   * Undefined for anything computed, and for secrets.
   */
  knownText(value: unknown, pointer: string): string | undefined {
    if (typeof value !== 'string' || this.isOpen(value)) return undefined;
    const entry = this.templateAt(pointer);
    if (!entry) return value.startsWith('@@') ? value.slice(1) : value;
    const template = entry.template;
    const only = template?.kind === 'expression' ? template.expression : undefined;
    if (only?.kind === 'string') return only.value;
    const reference =
      only?.kind === 'call' && only.accesses.length === 0 ? entry.references.find(({ call }) => call === only) : undefined;
    return reference?.kind === 'parameter' && reference.name !== undefined ? this.parameterText(reference.name) : undefined;
  }

  /** The value of a parameter of type String: what it is given, else its default. */
  parameterText(name: string): string | undefined {
    const find = (group: unknown) =>
      isGroup(group) ? Object.entries(group).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] : undefined;
    const declared = find(this.definition.parameters);
    if (String(member(declared, 'type')).toLowerCase() !== 'string') return undefined;
    const value = member(find(this.surroundings.parameters), 'value') ?? member(declared, 'defaultValue');
    return typeof value === 'string' && !this.isOpen(value) ? value : undefined;
  }
}

function listTriggers(definition: Readonly<Record<string, unknown>>): TriggerEntry[] {
  return Object.entries(isGroup(definition.triggers) ? definition.triggers : {})
    .filter((entry): entry is [string, Record<string, unknown>] => isGroup(entry[1]))
    .map(([name, trigger]) => ({
      name,
      pointer: `/triggers${pointerStep(name)}`,
      trigger,
      type: typeof trigger.type === 'string' ? trigger.type : '',
    }));
}

/** Where the engine looks for no expressions. Source: facts/workflow-definitions.md 6.4. */
const plainMembers = new Set(['type', 'kind', 'description', 'metadata', 'runAfter', 'operationOptions']);
/** Nested actions are entries of their own. */
const nestedMembers = new Set(['actions', 'else', 'cases', 'default', 'tools']);

function listTemplates(
  definition: Readonly<Record<string, unknown>>,
  triggers: readonly TriggerEntry[],
  actions: readonly ActionEntry[],
  isOpen: (text: string) => boolean,
): TemplateEntry[] {
  const found: TemplateEntry[] = [];
  const collect = (value: unknown, pointer: string, action?: ActionEntry) => {
    const isPlain = (key: string, at: string) =>
      (at === pointer && (plainMembers.has(key) || (action !== undefined && nestedMembers.has(key)))) ||
      (key === 'schema' && at === `${pointer}/inputs`);
    walkStrings(value, pointer, (text, at) => isTemplate(text) && !isOpen(text) && found.push(parse(text, at, action)), isPlain);
  };
  for (const { trigger, pointer } of triggers) collect(trigger, pointer);
  for (const entry of actions) collect(entry.action, entry.pointer, entry);
  collect(definition.outputs, '/outputs');
  return found;
}

function parse(text: string, pointer: string, action: ActionEntry | undefined): TemplateEntry {
  const entry = { text, pointer, ...(action && { action }) };
  try {
    const template = parseTemplate(text);
    return { ...entry, template, references: listReferences(template) };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { ...entry, error, references: [] };
  }
}
