import { credentialMembers } from '../../definition/authentication.ts';
import type { ActionEntry, OperationEntry } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import { functionNamed } from '../../expression/functions.ts';
import { referenceOf } from '../../expression/references.ts';
import type { Expression } from '../../expression/syntax.ts';
import { member } from '../../json/member.ts';
import type { Step } from '../rule.ts';
import type { Subject, TemplateEntry } from '../subject.ts';
import { pathIn } from './flow.ts';

/** Where a credential that an action signs in with comes from. */
export type DemandOrigin =
  | { readonly kind: 'action'; readonly action: ActionEntry; readonly path: readonly string[] }
  /** A trigger that calls an API and starts with its answer. */
  | { readonly kind: 'trigger'; readonly trigger: OperationEntry; readonly path: readonly string[] }
  | { readonly kind: 'parameter'; readonly name: string; readonly path: readonly string[] }
  /** It stands in the definition. */
  | { readonly kind: 'literal'; readonly pointer: string; readonly action: ActionEntry };

/** The way of a credential from where it comes from to the sign-in. */
export interface Demand {
  readonly origin: DemandOrigin;
  /** The place that signs in. */
  readonly use: TemplateEntry;
  /** From the origin, which is not among them, to the sign-in. */
  readonly steps: readonly Step[];
}

/** Members of `authentication`, of any type, that hold what must stay secret. */
const credentials: ReadonlySet<string> = new Set(Object.values(credentialMembers).flat());

/** Whether a path leads from an operation to a credential: a member of `authentication`, or the Authorization header. */
export function isCredentialPath(path: readonly string[]): boolean {
  if (path[0] !== 'inputs') return false;
  const at = path.lastIndexOf('authentication');
  if (at > 0) return credentials.has(path[at + 1] ?? '');
  const [, first, ...rest] = path;
  const [part, name, ...more] = first === 'subscribe' || first === 'unsubscribe' ? rest : [first, ...rest];
  return part === 'headers' && name === 'authorization' && more.length === 0;
}

/** Asked of every string; what a path needs is dearer. */
function mayBeCredential(pointer: string): boolean {
  const key = pointer.slice(pointer.lastIndexOf('/') + 1).toLowerCase();
  return credentials.has(key) || key === 'authorization';
}

/** Longer ways are not followed back. */
const mostSteps = 16;

/** Follows every credential back to where it comes from, as far as that is certain. */
export function listDemands(subject: Subject): Demand[] {
  const found: Demand[] = [];
  for (const entry of subject.templates) {
    if (!entry.operation || entry.isKey || !mayBeCredential(entry.pointer) || !isCredentialPath(pathIn(entry))) continue;
    const use: Step = { pointer: entry.pointer, message: `"${entry.operation.name}" signs in with it` };
    const tracer = new Tracer(subject, entry, found);
    tracer.template(entry, [], [use]);
  }
  return found;
}

class Tracer {
  readonly #subject: Subject;
  readonly #use: TemplateEntry;
  readonly #found: Demand[];
  readonly #seen = new Set<string>();

  constructor(subject: Subject, use: TemplateEntry, found: Demand[]) {
    [this.#subject, this.#use, this.#found] = [subject, use, found];
  }

  /** What is wanted is at `path` in the value of a string. */
  template({ template }: TemplateEntry, path: readonly string[], steps: readonly Step[]) {
    if (template?.kind === 'expression') this.#expression(template.expression, path, steps);
    if (template?.kind !== 'interpolation') return;
    const expressions = template.segments.flatMap((segment) => (segment.kind === 'expression' ? [segment.expression] : []));
    this.#only(expressions, steps);
  }

  /** Of a text made of several values, it is not known which one is the secret. */
  #only(expressions: readonly Expression[], steps: readonly Step[]) {
    const computed = expressions.filter(({ kind }) => kind === 'call');
    if (computed.length === 1 && computed[0]) this.#expression(computed[0], [], steps);
  }

  #expression(expression: Expression, path: readonly string[], steps: readonly Step[]) {
    if (expression.kind !== 'call') return;
    const keys = expression.accesses.map(({ key }) => (key.kind === 'string' ? key.value.toLowerCase().split('/') : undefined));
    if (keys.includes(undefined)) return;
    const wanted = [...keys.flatMap((key) => key ?? []), ...path];
    const reference = referenceOf(expression);
    const name = reference?.name;
    if (reference?.kind === 'action' && name !== undefined) {
      const target = this.#subject.actionNamed(name);
      if (target && (reference.function === 'body' || reference.function === 'actionBody'))
        this.#outputs(target, ['body', ...wanted], steps);
      if (target && reference.function === 'outputs') this.#outputs(target, wanted, steps);
    } else if (reference?.kind === 'trigger') this.#trigger(reference.function, wanted, steps);
    else if (reference?.kind === 'variable' && name !== undefined) this.#variable(name, wanted, steps);
    else if (reference?.kind === 'parameter' && name !== undefined)
      this.#found.push({ origin: { kind: 'parameter', name, path: wanted }, use: this.#use, steps });
    else if (!reference && wanted.length === 0) {
      const called = functionNamed(expression.name)?.name ?? '';
      if (keepsText.has(called)) this.#only(expression.arguments, steps);
    }
  }

  #trigger(called: string, wanted: readonly string[], steps: readonly Step[]) {
    const [trigger, another] = this.#subject.triggers;
    const path = called === 'triggerBody' ? ['body', ...wanted] : called === 'triggerOutputs' ? wanted : [];
    if (trigger?.typeWord !== 'http' || another || path[0] !== 'body' || !this.#isNew(trigger, path)) return;
    this.#found.push({ origin: { kind: 'trigger', trigger, path }, use: this.#use, steps });
  }

  #outputs(target: ActionEntry, path: readonly string[], steps: readonly Step[]) {
    const [head, ...rest] = path;
    if (target.typeWord === 'compose')
      this.#value(target, '/inputs', member(target.node, 'inputs'), path, steps, `"${target.name}" composes it`);
    else if (target.typeWord === 'parsejson' && head === 'body')
      this.#value(target, '/inputs/content', member(target.node, 'inputs', 'content'), rest, steps, `"${target.name}" parses it`);
    else if (gives.has(target.typeWord) && head === 'body' && this.#isNew(target, path))
      this.#found.push({ origin: { kind: 'action', action: target, path }, use: this.#use, steps });
  }

  #variable(name: string, path: readonly string[], steps: readonly Step[]) {
    const word = name.toLowerCase();
    const words = (action: ActionEntry) => `"${action.name}" keeps it in the variable "${name}"`;
    for (const { name, action, pointer, value } of this.#subject.variables)
      if (name.toLowerCase() === word)
        this.#value(action, `${pointer.slice(action.pointer.length)}/value`, value, path, steps, words(action));
    for (const action of this.#subject.actionsOfType('setvariable')) {
      const { inputs } = action.node;
      if (asText(member(inputs, 'name')).toLowerCase() === word)
        this.#value(action, '/inputs/value', member(inputs, 'value'), path, steps, words(action));
    }
  }

  /** A value in an action, with expressions in it or without. */
  #value(action: ActionEntry, at: string, value: unknown, path: readonly string[], steps: readonly Step[], message: string) {
    let [pointer, here, rest] = [action.pointer + at, value, path];
    while (typeof here === 'object' && here !== null && rest.length > 0) {
      const [head, ...others] = rest;
      const key = Object.keys(here).find((each) => each.toLowerCase() === head);
      if (key === undefined) return;
      [pointer, here, rest] = [
        `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        (here as Record<string, unknown>)[key],
        others,
      ];
    }
    if (typeof here !== 'string' || here === '' || steps.length > mostSteps || !this.#isNew({ pointer }, rest)) return;
    const entry = this.#subject.templateAt(pointer);
    if (entry) this.template(entry, rest, [{ pointer, message }, ...steps]);
    else if (rest.length === 0 && this.#subject.literal(here) !== undefined)
      this.#found.push({ origin: { kind: 'literal', pointer, action }, use: this.#use, steps });
  }

  #isNew({ pointer }: { readonly pointer: string }, path: readonly string[]): boolean {
    const key = [pointer, ...path].join(' ');
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}

/** What comes out of these is a secret when, and only when, what goes in is one. */
const keepsText: ReadonlySet<string> = new Set([
  'concat',
  'string',
  'trim',
  'base64',
  'encodeBase64',
  'base64ToString',
  'decodeBase64',
  'coalesce',
]);

/** Actions whose answers come from elsewhere. */
const gives: ReadonlySet<string> = new Set([
  'http',
  'apiconnection',
  'openapiconnection',
  'serviceprovider',
  'function',
  'workflow',
  'apimanagement',
]);
