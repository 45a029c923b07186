import { retiredIn } from '../cloud/retired.ts';
import { RunOrder } from '../definition/run-order.ts';
import type { Surroundings } from '../definition/surroundings.ts';
import { listVariables, type VariableEntry } from '../definition/variables.ts';
import { type ActionEntry, listActions, listTriggers, type OperationEntry, walkStrings } from '../definition/walk.ts';
import type { About } from '../diagnostics/diagnostic.ts';
import { isPlaceholder } from '../diagnostics/placeholder.ts';
import { secretFormIn } from '../diagnostics/secret-forms.ts';
import { asText } from '../diagnostics/words.ts';
import type { ReferenceKind } from '../expression/functions.ts';
import { inferTemplate } from '../expression/infer.ts';
import type { Problem, ProblemCode } from '../expression/problem.ts';
import { listReferences, type Reference } from '../expression/references.ts';
import type { Template } from '../expression/syntax.ts';
import { ExpressionSyntaxError } from '../expression/syntax-error.ts';
import { isTemplate, parseTemplate } from '../expression/template.ts';
import { type Type, unknownType } from '../expression/types.ts';
import { isObject } from '../json/json.ts';
import { member, memberNamed } from '../json/member.ts';
import { toPointer } from '../json/pointer.ts';
import { push } from './multimap.ts';
import { Shapes } from './shapes.ts';
import { listVariableUses, type VariableUse } from './variable-uses.ts';

/** A string that holds an expression, or was meant to. */
export interface TemplateEntry {
  readonly text: string;
  /** Of the string; of a key, that of the member that it names. */
  readonly pointer: string;
  /** Whether the string is the key of a member: the service works out keys as it does values. */
  readonly isKey: boolean;
  /** The action that it stands in, if any. */
  readonly action: ActionEntry | undefined;
  /** The trigger or the action that it stands in, if any. */
  readonly operation: OperationEntry | undefined;
  /** The member of that operation that it stands in, such as `inputs`; without an operation, that of the definition. */
  readonly member: string;
  /** Undefined where the string does not parse; then `error` says why. */
  readonly template: Template | undefined;
  readonly error: ExpressionSyntaxError | undefined;
  readonly references: readonly Reference[];
}

/** A string that holds a secret, and where it stands. */
export interface LiteralSecret {
  /** Such as `a private key`. */
  readonly form: string;
  readonly pointer: string;
}

/** A call that takes its value from elsewhere in the workflow, and where it stands. */
export interface FoundReference {
  readonly entry: TemplateEntry;
  readonly reference: Reference;
}

/** Something in an expression that cannot be right, and where. */
export interface FoundProblem {
  readonly entry: TemplateEntry;
  readonly problem: Problem;
}

/** The operation that a place is in. */
type Around = Pick<About, 'action' | 'trigger'>;

/** A definition as the rules look at it: everything that several of them need is worked out once. */
export class Subject {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly surroundings: Surroundings;
  readonly triggers: readonly OperationEntry[];
  readonly actions: readonly ActionEntry[];
  /** Triggers, then actions. */
  readonly operations: readonly OperationEntry[];
  readonly templates: readonly TemplateEntry[];
  /** Strings that hold a secret, by their form. */
  readonly literalSecrets: readonly LiteralSecret[];
  /** Strings that name a service that has ended. */
  readonly retiredTexts: readonly { readonly text: string; readonly pointer: string }[];
  readonly order = new RunOrder();
  readonly variables: readonly VariableEntry[];
  readonly variableUses: readonly VariableUse[];
  /** By the name in lower case, and as it is written, as nearly all references have it. */
  readonly #actionsByName = new Map<string, ActionEntry>();
  readonly #actionsByType = new Map<string, ActionEntry[]>();
  readonly #references = new Map<ReferenceKind, FoundReference[]>();
  readonly #done = new Map<unknown, unknown>();
  #operationsByPointer: Map<string, Around> | undefined;
  #templatesByPointer: Map<string, TemplateEntry> | undefined;
  #problems: Map<ProblemCode, FoundProblem[]> | undefined;
  readonly #shapes: Shapes;

  constructor(definition: unknown, surroundings: Surroundings) {
    this.definition = isObject(definition) ? definition : {};
    this.surroundings = surroundings;
    this.triggers = listTriggers(this.definition);
    this.actions = listActions(this.definition);
    this.operations = [...this.triggers, ...this.actions];
    for (const entry of this.actions) {
      const first = this.#actionsByName.get(entry.nameWord);
      if (!first) this.#actionsByName.set(entry.nameWord, entry);
      if (entry.name !== entry.nameWord) this.#actionsByName.set(entry.name, first ?? entry);
      push(this.#actionsByType, entry.typeWord, entry);
    }
    [this.templates, this.literalSecrets, this.retiredTexts] = listStrings(this);
    for (const entry of this.templates) {
      for (const reference of entry.references) push(this.#references, reference.kind, { entry, reference });
    }
    this.variables = listVariables(this.actionsOfType('initializevariable'));
    this.variableUses = listVariableUses(this);
    this.#shapes = new Shapes(this);
  }

  /** The action of a name; case does not count. */
  actionNamed(name: string): ActionEntry | undefined {
    return this.#actionsByName.get(name) ?? this.#actionsByName.get(name.toLowerCase());
  }

  /** The innermost trigger or action that a pointer leads into. */
  operationAround(pointer: string): Around | undefined {
    this.#operationsByPointer ??= new Map<string, Around>([
      ...this.triggers.map(({ pointer, name }) => [pointer, { trigger: name }] as const),
      ...this.actions.map(({ pointer, name }) => [pointer, { action: name }] as const),
    ]);
    for (let here = pointer; here !== ''; here = here.slice(0, here.lastIndexOf('/'))) {
      const found = this.#operationsByPointer.get(here);
      if (found) return found;
    }
    return undefined;
  }

  /** The actions of a type, given in lower case, in document order. */
  actionsOfType(typeWord: string): readonly ActionEntry[] {
    return this.#actionsByType.get(typeWord) ?? [];
  }

  /** The expression in the string at a pointer, if there is one. */
  templateAt(pointer: string): TemplateEntry | undefined {
    if (!this.#templatesByPointer) {
      this.#templatesByPointer = new Map();
      for (const entry of this.templates) if (!entry.isKey) this.#templatesByPointer.set(entry.pointer, entry);
    }
    return this.#templatesByPointer.get(pointer);
  }

  /** What expressions refer to, of one kind, in document order. */
  references(kind: ReferenceKind): readonly FoundReference[] {
    return this.#references.get(kind) ?? [];
  }

  /** What expressions hold of one kind of problem, in document order. */
  problems(code: ProblemCode): readonly FoundProblem[] {
    this.#problems ??= this.#inferAll();
    return this.#problems.get(code) ?? [];
  }

  /** The type of the value that the service makes of a string, as far as the definition tells it. */
  typeOf({ template }: Pick<TemplateEntry, 'template'>): Type {
    return template ? inferTemplate(template, this.#shapes.environment).type : unknownType;
  }

  #inferAll(): Map<ProblemCode, FoundProblem[]> {
    const found = new Map<ProblemCode, FoundProblem[]>();
    const { environment } = this.#shapes;
    // Equal strings share one tree, and mean the same wherever they stand.
    const inferred = new Map<Template, readonly Problem[]>();
    for (const entry of this.templates) {
      const { template } = entry;
      if (!template) continue;
      let problems = inferred.get(template);
      if (!problems) {
        problems = inferTemplate(template, environment).problems;
        inferred.set(template, problems);
      }
      for (const problem of problems) push(found, problem.code, { entry, problem });
    }
    return found;
  }

  /** What `work` finds out about this definition, worked out for the first that asks. */
  once<Result>(work: (subject: Subject) => Result): Result {
    const done = this.#done.get(work);
    if (done !== undefined) return done as Result;
    const result = work(this);
    this.#done.set(work, result);
    return result;
  }

  /** Whether ARM puts another value in the place of this one when it deploys. */
  isArmExpression(value: unknown): boolean {
    if (this.surroundings.armExpressions !== true || typeof value !== 'string') return false;
    return value.startsWith('[') && value.endsWith(']');
  }

  /** Whether a value is worked out when the workflow runs or is deployed, so that the definition does not tell it. */
  isComputed(value: unknown): boolean {
    return typeof value === 'string' && (isTemplate(value) || this.isArmExpression(value));
  }

  /** Whether the definition does not tell a value: it is computed, or somebody is yet to fill it in. */
  isOpen(value: unknown): boolean {
    return typeof value === 'string' && (this.isComputed(value) || isPlaceholder(value));
  }

  /** A string that stands in the definition as it is; undefined for what is open, and for what is no string. */
  literal(value: unknown): string | undefined {
    return typeof value === 'string' && !this.isOpen(value) ? value : undefined;
  }

  /**
   * The text that a string has at run time, where that is known: a literal, or the value of a parameter.
   * Undefined for anything computed or yet to be filled in, and for secrets.
   */
  knownText(value: unknown, pointer: string): string | undefined {
    const text = this.#textOf(value, pointer);
    return text === undefined || isPlaceholder(text) ? undefined : text;
  }

  #textOf(value: unknown, pointer: string): string | undefined {
    if (typeof value !== 'string' || this.isArmExpression(value)) return undefined;
    const entry = value.includes('@') ? this.templateAt(pointer) : undefined;
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
    const declared = memberNamed(this.definition.parameters, name);
    if (asText(member(declared, 'type')).toLowerCase() !== 'string') return undefined;
    const value = member(memberNamed(this.surroundings.parameters, name), 'value') ?? member(declared, 'defaultValue');
    return this.literal(value);
  }
}

/** Where the engine looks for no expressions. Source: docs/facts/definitions.md#expressions. */
const plainMembers = new Set(['type', 'kind', 'description', 'metadata', 'runAfter', 'operationOptions', 'agentParameterSchema']);
/** Nested actions are entries of their own. */
const nestedMembers = new Set(['actions', 'else', 'cases', 'default', 'tools']);

function listStrings(subject: Subject): [TemplateEntry[], LiteralSecret[], Subject['retiredTexts']] {
  const { definition, triggers, actions, surroundings } = subject;
  const isTemplateHere = (text: string) =>
    text.includes('@') && isTemplate(text) && !(surroundings.armExpressions && subject.isArmExpression(text));
  const found: TemplateEntry[] = [];
  const literalSecrets: LiteralSecret[] = [];
  const retired: { text: string; pointer: string }[] = [];
  const parsed = new Map<string, Parsed>();
  let [action, operation]: [ActionEntry | undefined, OperationEntry | undefined] = [undefined, undefined];
  let start = '';
  const visit = (text: string, path: readonly (string | number)[]) => {
    const form = secretFormIn(text);
    if (form !== undefined) literalSecrets.push({ form, pointer: start + toPointer(path) });
    if (retiredIn(text)) retired.push({ text, pointer: start + toPointer(path) });
    add(text, path, false);
  };
  const visitKey = (key: string, path: readonly (string | number)[]) => add(key, path, true);
  const add = (text: string, path: readonly (string | number)[], isKey: boolean) => {
    if (!isTemplateHere(text)) return;
    let result = parsed.get(text);
    if (!result) {
      result = parse(text);
      parsed.set(text, result);
    }
    const { template, error, references } = result;
    const [first] = path;
    const pointer = start + toPointer(path);
    found.push({ text, pointer, isKey, action, operation, member: String(first), template, error, references });
  };
  const collect = (entry: OperationEntry) => {
    const { node, pointer } = entry;
    [operation, start] = [entry, pointer];
    for (const key of Object.keys(node)) {
      if (plainMembers.has(key) || (action && nestedMembers.has(key))) continue;
      const value = node[key];
      if (key !== 'inputs' || !isObject(value) || value.schema === undefined) walkStrings(value, [key], visit, visitKey);
      else walkStrings({ ...value, schema: undefined }, [key], visit, visitKey);
    }
  };
  for (const trigger of triggers) collect(trigger);
  for (action of actions) collect(action);
  [action, operation, start] = [undefined, undefined, ''];
  walkStrings(definition.outputs, ['outputs'], visit, visitKey);
  return [found, literalSecrets, retired];
}

type Parsed = Pick<TemplateEntry, 'template' | 'error' | 'references'>;

function parse(text: string): Parsed {
  try {
    const template = parseTemplate(text);
    return { template, error: undefined, references: listReferences(template) };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { template: undefined, error, references: [] };
  }
}
