import { isGetSecret, isSecretVariable } from '../definition/get-secret.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { type Environment, inferTemplate } from '../expression/infer.ts';
import type { Reference } from '../expression/references.ts';
import { typeFromSchema } from '../expression/shapes.ts';
import { anything, array, boolean, integer, nothing, number, object, string, type Type } from '../expression/types.ts';
import { isObject } from '../json/json.ts';
import { entryOf, member, memberNamed } from '../json/member.ts';
import type { Subject } from './subject.ts';

const closed = (properties: Readonly<Record<string, Type>>): Type => ({
  kinds: object,
  properties: new Map(Object.entries(properties)),
});
const [text, whole, any, group]: Type[] = [{ kinds: string }, { kinds: integer }, { kinds: anything }, { kinds: object }];

/** What the key vault connectors give for a secret. Source: docs/facts/key-vault.md#operations-of-the-connector. */
const secretMembers = ['value', 'name', 'version', 'contentType', 'createdTime', 'lastUpdatedTime'] as const;
const secret = closed({
  ...Object.fromEntries([...secretMembers, 'validityStartTime', 'validityEndTime'].map((name) => [name, any as Type])),
  isEnabled: { kinds: boolean | string },
});
const builtInSecret: Type = { kinds: object, properties: new Map([...(secret.properties ?? []), ['identifier', text as Type]]) };

/** What variables and parameters of a type hold, by the type in lower case. A parameter of type Object is given lists too, by environment variables. */
const kindsOfDeclared: Readonly<Record<string, number>> = {
  string: string | nothing,
  securestring: string | nothing,
  int: integer | nothing,
  integer: number | nothing,
  float: number | nothing,
  bool: boolean | nothing,
  boolean: boolean | nothing,
  array: array | nothing,
  object: object | array | string | nothing,
};

/** Of loops in loops, how many are looked through for the type of an item. */
const deepest = 16;

/** The types of what the calls in a workflow's expressions give, as far as its definition tells them. */
export class Shapes {
  readonly #subject: Subject;
  readonly #variables = new Map<string, Type>();
  readonly #outputs = new Map<ActionEntry, Outputs>();
  readonly #items = new Map<ActionEntry, Type | undefined>();
  readonly #environment: Environment = { typeOf: (reference) => this.#typeOf(reference) };
  #trigger: Outputs | undefined;
  #depth = 0;

  constructor(subject: Subject) {
    this.#subject = subject;
    for (const { node: action } of subject.actionsOfType('initializevariable')) {
      const declared = member(action, 'inputs', 'variables');
      for (const variable of Array.isArray(declared) ? declared : []) {
        const [name, type] = [member(variable, 'name'), member(variable, 'type')];
        const kinds = entryOf(kindsOfDeclared, asText(type).toLowerCase());
        if (typeof name === 'string' && kinds !== undefined) this.#variables.set(name.toLowerCase(), { kinds });
      }
    }
  }

  get environment(): Environment {
    return this.#environment;
  }

  #typeOf({ kind, name, function: called }: Reference): Type | undefined {
    switch (kind) {
      case 'trigger':
        this.#trigger ??= triggerOutputs(this.#subject);
        return pick(this.#trigger, called === 'triggerBody', called === 'triggerOutputs');
      case 'action': {
        const target = name === undefined ? undefined : this.#subject.actionNamed(name);
        return target && pick(this.#outputsOf(target), called === 'body', called === 'outputs');
      }
      case 'variable':
        return name === undefined ? undefined : this.#variables.get(name.toLowerCase());
      case 'parameter': {
        const declared = name === undefined ? undefined : memberNamed(this.#subject.definition.parameters, name);
        const kinds = entryOf(kindsOfDeclared, asText(member(declared, 'type')).toLowerCase());
        return kinds === undefined ? undefined : { kinds };
      }
      case 'loop':
        return name === undefined || called !== 'items' ? undefined : this.#itemOf(name);
      default:
        return undefined;
    }
  }

  #outputsOf(action: ActionEntry): Outputs {
    let outputs = this.#outputs.get(action);
    if (!outputs) {
      outputs = actionOutputs(action);
      this.#outputs.set(action, outputs);
    }
    return outputs;
  }

  /** The type of an item of a Foreach. */
  #itemOf(name: string): Type | undefined {
    const loop = this.#subject.actionNamed(name);
    if (loop?.typeWord !== 'foreach') return undefined;
    if (this.#items.has(loop) || this.#depth >= deepest) return this.#items.get(loop);
    this.#items.set(loop, undefined);
    const { template } = this.#subject.templateAt(`${loop.pointer}/foreach`) ?? {};
    if (template?.kind !== 'expression') return undefined;
    this.#depth++;
    const { type } = inferTemplate(template, this.#environment);
    this.#depth--;
    const items = type.kinds & array ? type.items : undefined;
    this.#items.set(loop, items);
    return items;
  }
}

/** What is known of an operation's outputs. */
interface Outputs {
  readonly body?: Type;
  readonly outputs?: Type;
}

function pick({ body, outputs }: Outputs, asksBody: boolean, asksOutputs: boolean): Type | undefined {
  return asksBody ? body : asksOutputs ? outputs : undefined;
}

/** Any value can be missing, when the operation was skipped or failed. */
function orNothing(type: Type): Type {
  return { ...type, kinds: type.kinds | nothing };
}

function answer(body: Type | undefined): Outputs {
  const outputs = closed({ statusCode: whole as Type, headers: group as Type, body: body ?? (any as Type) });
  return { ...(body && { body: orNothing(body) }), outputs: orNothing(outputs) };
}

const answerOfCall = answer(undefined);
const answerWithSecret = answer(secret);

function actionOutputs({ node: action, typeWord }: ActionEntry): Outputs {
  switch (typeWord) {
    case 'http':
      return answerOfCall;
    case 'apiconnection':
      return isGetSecret(action) ? answerWithSecret : {};
    case 'openapiconnection':
      return isGetSecret(action) && !isSecretVariable(action) ? answerWithSecret : {};
    case 'serviceprovider':
      return isGetSecret(action) ? { body: orNothing(builtInSecret) } : {};
    case 'parsejson': {
      const schema = member(action, 'inputs', 'schema');
      return isObject(schema) ? { body: orNothing(typeFromSchema(schema)) } : {};
    }
    case 'compose':
      return { outputs: typeOfLiteral(member(action, 'inputs')) ?? { kinds: anything } };
    case 'query':
    case 'select':
      return { body: { kinds: array | nothing } };
    default:
      return {};
  }
}

/** The type of a value that stands in the definition as it is, one level deep. */
function typeOfLiteral(value: unknown): Type | undefined {
  if (!isObject(value)) return undefined;
  const properties = new Map<string, Type>();
  for (const key of Object.keys(value)) {
    // A key can be an expression in the engine's eyes, and two of them one in the end.
    if (key.includes('@')) return undefined;
    properties.set(key, any as Type);
  }
  return { kinds: object | nothing, properties };
}

function triggerOutputs({ triggers }: Subject): Outputs {
  const [trigger, ...others] = triggers;
  if (!trigger || others.length > 0) return {};
  if (trigger.typeWord !== 'request' && trigger.typeWord !== 'manual') return {};
  if (trigger.node.splitOn !== undefined) return {};
  const schema = member(trigger.node, 'inputs', 'schema');
  const body = isObject(schema) && Object.keys(schema).length > 0 ? orNothing(typeFromSchema(schema)) : undefined;
  return body ? { body } : {};
}
