import { listActions } from '../../src/definition/walk.ts';
import { askingTypes } from '../../src/engine/actions/index.ts';
import type { Mock } from '../../src/engine/mocks/mock.ts';
import type { TriggerInput } from '../../src/engine/options.ts';
import { type FunctionSignature, functionNamed } from '../../src/expression/functions.ts';
import { callsIn, listReferences, referenceOf } from '../../src/expression/references.ts';
import type { Access, Call } from '../../src/expression/syntax.ts';
import { isTemplate, parseTemplate } from '../../src/expression/template.ts';
import { array, integer, object, string } from '../../src/expression/types.ts';
import { isObject } from '../../src/json/json.ts';
import { member } from '../../src/json/member.ts';

/** What a definition asks of an action's or a trigger's outputs: the members that its expressions pick, and the schemas that it has of them. */
class Shape {
  readonly members = new Map<string, Shape>();
  schema: unknown;
  /** What a function that takes the value directly wants of it. */
  wanted: unknown;
  isList = false;

  at(path: readonly string[]): Shape {
    let here: Shape = this;
    for (const name of path) {
      const next = here.members.get(name.toLowerCase()) ?? new Shape();
      here.members.set(name.toLowerCase(), next);
      next.name ||= name;
      here = next;
    }
    return here;
  }

  name = '';

  /** A value that has them all. */
  sample(): unknown {
    if (this.schema !== undefined) return sampleOf(this.schema, 0);
    if (this.isList) return [this.group()];
    return this.members.size > 0 ? this.group() : (this.wanted ?? 'text');
  }

  group(): unknown {
    return Object.fromEntries([...this.members.values()].map((shape) => [shape.name, shape.sample()]));
  }
}

/** A value that fits a JSON Schema. */
function sampleOf(schema: unknown, depth: number): unknown {
  if (!isObject(schema) || depth > 20) return 'text';
  if ('default' in schema && schema.default !== null) return schema.default;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0];
  const [type] = [schema.type].flat();
  if (type === 'object' || isObject(schema.properties))
    return Object.fromEntries(
      Object.entries(isObject(schema.properties) ? schema.properties : {}).map(([name, inner]) => [
        name,
        sampleOf(inner, depth + 1),
      ]),
    );
  if (type === 'array') return [sampleOf(schema.items, depth + 1)];
  if (type === 'integer') return 1;
  if (type === 'number') return 1.5;
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return /date|time/i.test(String(schema.format ?? '')) ? '2026-01-05T06:00:00Z' : 'text';
}

/** The types of actions that ask others; what makes data of data is never answered in its place. */
const asking = new Set(askingTypes);

/** A trigger's input and one mock an action, made of what the definition itself says of their answers. */
export function automaticMocks(definition: unknown): { trigger: TriggerInput; mocks: Mock[] } {
  const actions = listActions(definition);
  const shapes = new Map<string, Shape>();
  const shapeOf = (name: string) => {
    const found = shapes.get(name.toLowerCase()) ?? new Shape();
    shapes.set(name.toLowerCase(), found);
    return found;
  };
  const shapeOfCall = (call: Call): Shape | undefined => {
    const reference = referenceOf(call);
    if (!reference) return undefined;
    const root = /^trigger/i.test(reference.function) ? '' : (reference.name ?? '');
    const isBody = /body$/i.test(reference.function);
    if (!isBody && !/outputs$/i.test(reference.function)) return undefined;
    return shapeOf(root).at([...(isBody ? ['body'] : []), ...call.accesses.flatMap(nameOf)]);
  };
  /** The shape that the first reference of a text is about; all of them are taken up. */
  const shapeIn = (text: unknown): Shape | undefined => {
    if (typeof text !== 'string' || !isTemplate(text)) return undefined;
    try {
      const shapes = listReferences(parseTemplate(text)).map(({ call }) => shapeOfCall(call));
      return shapes[0];
    } catch {
      return undefined;
    }
  };
  const wantedBy = (text: string) => {
    if (!isTemplate(text)) return;
    try {
      for (const call of callsIn(parseTemplate(text))) {
        const signature = functionNamed(call.name);
        call.arguments.forEach((argument, index) => {
          if (argument.kind !== 'call' || !signature) return;
          const shape = shapeOfCall(argument);
          const parameter = signature.parameters[Math.min(index, signature.parameters.length - 1)];
          if (shape && parameter) shape.wanted ??= sampleFor(signature.name, parameter);
        });
      }
    } catch {
      // What does not parse wants nothing.
    }
  };
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      shapeIn(value);
      wantedBy(value);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) Object.values(value).forEach(visit);
  };
  visit(definition);
  for (const { node } of actions) {
    const content = shapeIn(member(node.inputs, 'content'));
    if (content) content.schema = member(node.inputs, 'schema');
    for (const list of [node.foreach, member(node.inputs, 'from')]) {
      const shape = shapeIn(list);
      if (shape) shape.isList = true;
    }
  }
  const [trigger] = Object.values(isObject(member(definition, 'triggers')) ? (member(definition, 'triggers') as object) : {});
  const body = shapeOf('').at(['body']);
  const schema = member(trigger, 'inputs', 'schema');
  if (isObject(schema) && Object.keys(schema).length > 0) body.schema = schema;
  const split = shapeIn(member(trigger, 'splitOn'));
  if (split) split.isList = true;
  const [name] = Object.keys(isObject(member(definition, 'triggers')) ? (member(definition, 'triggers') as object) : {});
  return {
    trigger: { ...(name !== undefined && { name }), outputs: { headers: {}, queries: {}, ...asGroup(shapeOf('').group()) } },
    mocks: actions
      .filter(({ typeWord }) => asking.has(typeWord))
      .map((action) => {
        const own = shapes.get(action.nameWord);
        const outputs = { statusCode: 200, headers: {}, ...asGroup(own?.group()) };
        return { action: action.name, answer: { body: member(outputs, 'body') ?? { value: [] } } };
      }),
  };
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

function asGroup(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function nameOf({ key }: Access): string[] {
  return key.kind === 'string' ? key.value.split('/') : [];
}
