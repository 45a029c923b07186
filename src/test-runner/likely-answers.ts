import { listActions, listTriggers } from '../definition/walk.ts';
import { askingTypes } from '../engine/actions/index.ts';
import type { Mock } from '../engine/mocks/mock.ts';
import type { TriggerInput } from '../engine/options.ts';
import { type FunctionSignature, functionNamed } from '../expression/functions.ts';
import { callsIn, listReferences, referenceOf } from '../expression/references.ts';
import type { Access, Call, Template } from '../expression/syntax.ts';
import { isTemplate, parseTemplate } from '../expression/template.ts';
import { array, integer, object, string } from '../expression/types.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { Shape } from './shape.ts';

/** What a workflow's own expressions and schemas say of the answers that it reads. */
export class LikelyAnswers {
  readonly #shapes = new Map<string, Shape>();
  readonly #definition: unknown;

  constructor(definition: unknown) {
    this.#definition = definition;
    this.#visit(definition);
    for (const { node } of listActions(definition)) {
      const content = this.#shapeIn(member(node.inputs, 'content'));
      if (content) content.schema = member(node.inputs, 'schema');
      for (const list of [node.foreach, member(node.inputs, 'from')]) {
        const shape = this.#shapeIn(list);
        if (shape) shape.isList = true;
      }
    }
    const [trigger] = listTriggers(definition);
    const schema = member(trigger?.node.inputs, 'schema');
    if (isObject(schema) && Object.keys(schema).length > 0) this.#shapeOf('').at(['body']).schema = schema;
    const split = this.#shapeIn(trigger?.node.splitOn);
    if (split) split.isList = true;
  }

  /** The first trigger, fired with all that is read of its outputs. */
  trigger(): TriggerInput {
    const [trigger] = listTriggers(this.#definition);
    const outputs = { headers: {}, queries: {}, ...this.#shapeOf('').members() };
    return { ...(trigger && { name: trigger.name }), outputs };
  }

  /** One for each action that asks others, answering what is read of it. */
  mocks(): Mock[] {
    return listActions(this.#definition)
      .filter(({ typeWord }) => askingTypes.includes(typeWord))
      .map(({ name }) => ({ action: name, answer: { body: this.outputs(name).body ?? { value: [] } } }));
  }

  /** What is read of the outputs of an action. */
  outputs(action: string): Readonly<Record<string, unknown>> {
    return this.#shapeOf(action).members();
  }

  #shapeOf(action: string): Shape {
    const found = this.#shapes.get(action.toLowerCase()) ?? new Shape();
    this.#shapes.set(action.toLowerCase(), found);
    return found;
  }

  #shapeOfCall(call: Call): Shape | undefined {
    const reference = referenceOf(call);
    if (!reference) return undefined;
    const isBody = /body$/i.test(reference.function);
    if (!isBody && !/outputs$/i.test(reference.function)) return undefined;
    const root = /^trigger/i.test(reference.function) ? '' : (reference.name ?? '');
    return this.#shapeOf(root).at([...(isBody ? ['body'] : []), ...call.accesses.flatMap(namesIn)]);
  }

  /** What the first reference of a text is about; all of them are taken up. */
  #shapeIn(text: unknown): Shape | undefined {
    const template = templateOf(text);
    if (!template) return undefined;
    const [first] = listReferences(template).map(({ call }) => this.#shapeOfCall(call));
    return first;
  }

  #visit(value: unknown) {
    if (typeof value === 'string') {
      this.#shapeIn(value);
      this.#lookAtCalls(value);
    } else if (Array.isArray(value)) for (const item of value) this.#visit(item);
    else if (isObject(value)) for (const inner of Object.values(value)) this.#visit(inner);
  }

  #lookAtCalls(text: string) {
    const template = templateOf(text);
    for (const call of template ? callsIn(template) : []) {
      const signature = functionNamed(call.name);
      if (!signature) continue;
      call.arguments.forEach((argument, index) => {
        const shape = argument.kind === 'call' ? this.#shapeOfCall(argument) : undefined;
        const parameter = signature.parameters[Math.min(index, signature.parameters.length - 1)];
        if (shape && parameter) shape.wanted ??= sampleFor(signature.name, parameter);
      });
    }
  }
}

/** What does not parse asks for nothing. */
function templateOf(text: unknown): Template | undefined {
  if (typeof text !== 'string' || !isTemplate(text)) return undefined;
  try {
    return parseTemplate(text);
  } catch {
    return undefined;
  }
}

/** What a parameter of a function takes, so that the call succeeds where its other arguments let it. */
function sampleFor(name: string, parameter: FunctionSignature['parameters'][number]): unknown {
  const { kinds } = parameter;
  if (/timestamp/i.test(parameter.name)) return '2026-01-05T06:00:00Z';
  if (name === 'int' || name === 'float') return '1';
  if (name === 'json') return '{}';
  if (/^base64To|^decodeBase64/.test(name)) return 'dGV4dA==';
  if (kinds & integer && !(kinds & string)) return 1;
  if (kinds & string) return kinds & array && /^(?:length|first|last|empty|chunk|take)$/.test(name) ? ['text'] : undefined;
  if (kinds & array) return ['text'];
  return kinds === object ? {} : undefined;
}

function namesIn({ key }: Access): string[] {
  return key.kind === 'string' ? key.value.split('/') : [];
}
