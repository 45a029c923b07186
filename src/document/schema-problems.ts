import type { About } from '../diagnostics/diagnostic.ts';
import { aboutWord, asText, quote, type Suggestion, suggestion } from '../diagnostics/words.ts';
import { pointerStep } from '../json/pointer.ts';

/** What one of the validators in src/generated/ is: a function that leaves its errors on itself, as Ajv does. */
export interface SchemaValidator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** The part of Ajv's error object that is used here (option `verbose`). */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  /** Set where a property's name is refused and not its value; the error of "propertyNames" tells the same with its place. */
  readonly propertyName?: string;
}

/** A finding about the shape of a document, in words. */
export interface SchemaProblem {
  readonly pointer: string;
  /** Whether the key is meant, rather than its value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly help?: string;
  /** Of a key or a word that is none of a fixed set: it, and that set. */
  readonly about?: About;
}

/**
 * Checks data and gives what is wrong with it in the words of a person, one finding a place.
 * `isReal` may wave an error of the schema through; of the value at a place that `isSecret`, only its type is told.
 */
export function schemaProblems(
  validate: SchemaValidator,
  data: unknown,
  isReal: (error: SchemaError) => boolean = () => true,
  isSecret: (pointer: string) => boolean = () => false,
): SchemaProblem[] {
  if (validate(data)) return [];
  const byPlace = new Map<string, SchemaProblem>();
  for (const error of validate.errors ?? []) {
    const problem = isReal(error) ? toProblem(error, isSecret(error.instancePath)) : undefined;
    const place = problem && `${problem.atKey ? 'key' : 'value'} ${problem.pointer}`;
    if (problem && place !== undefined && !byPlace.has(place)) byPlace.set(place, problem);
  }
  return byPlace.size === 0 ? [] : withoutMeant([...byPlace.values()]);
}

/** Without the keys that are missing because they are misspelt, which is told already. */
function withoutMeant(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const meant = new Set(
    problems.flatMap(({ pointer, about }) =>
      about?.meant === undefined ? [] : [pointer.slice(0, pointer.lastIndexOf('/')) + pointerStep(about.meant)],
    ),
  );
  return problems.filter(({ pointer, atKey }) => atKey || !meant.has(pointer));
}

function toProblem(error: SchemaError, isSecret: boolean): SchemaProblem | undefined {
  const { keyword, instancePath, params, data, schema, propertyName } = error;
  if (propertyName !== undefined) return undefined;
  const parent = error.parentSchema ?? {};
  const here = (message: string, help?: string): SchemaProblem => ({
    pointer: instancePath,
    atKey: false,
    message,
    ...(help === undefined ? {} : { help }),
  });
  const name = lastStep(instancePath);

  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = Object.keys((parent.properties ?? {}) as object).filter((property) => property !== '$schema');
      return {
        pointer: instancePath + pointerStep(key),
        atKey: true,
        message: `unknown key "${key}"`,
        ...(slipIn(key, known) ?? suggestion(key, known)),
        ...(known.length === 0 && { help: 'nothing may stand here: remove it' }),
      };
    }
    case 'required': {
      const key = String(params.missingProperty);
      const help = describe(parent, key);
      return {
        pointer: instancePath + pointerStep(key),
        atKey: false,
        message: `"${key}" is missing`,
        about: { found: key },
        ...(help === undefined ? {} : { help }),
      };
    }
    case 'type':
      return isSecret
        ? here(`${name} is ${typeNames(typeof data)}, but ${typeNames(params.type)} is expected`)
        : here(
            `${name} is ${nounOf(data)}, but ${typeNames(params.type)} is expected`,
            scalarHelp(params.type, data) ?? formOf(name, parent),
          );
    case 'enum': {
      const allowed = (schema as unknown[]).map(String);
      const { help, about } = suggestion(asText(data), allowed, 'allowed');
      return { ...here(`${quote(data)} is not one of the allowed values`, help), ...(typeof data === 'string' && { about }) };
    }
    case 'pattern':
      return here(`${name} is ${quote(data)}; expected: ${parent['x-expected'] ?? 'another form'}`);
    case 'propertyNames': {
      const key = String(params.propertyName);
      const expected = ((schema ?? {}) as Record<string, unknown>)['x-expected'];
      return {
        pointer: instancePath + pointerStep(key),
        atKey: true,
        about: { found: key },
        message: `"${key}" cannot be a name here; expected: ${expected ?? 'another form'}`,
      };
    }
    case 'minProperties':
    case 'maxProperties': {
      const known = Object.keys((parent.properties ?? {}) as object);
      if (known.length === 0) return here(`${name} is empty`, 'name at least one, or leave the key out');
      const found = Object.keys((data ?? {}) as object).length;
      return here(`${name} has ${found === 0 ? 'none' : 'more than one'} of ${known.join(', ')}`, 'write exactly one of them');
    }
    case 'minItems':
      return here(`${name} is an empty list, but at least one is needed`);
    case 'minLength':
      return here(`${name} is empty text`);
    case 'maxLength':
      return here(`${name} has ${[...String(data)].length} characters, and at most ${params.limit} are allowed`);
    case 'minimum':
      return here(`${name} is ${quote(data)}, and at least ${params.limit} is allowed`);
    case 'maximum':
      return here(`${name} is ${quote(data)}, and at most ${params.limit} is allowed`);
    case 'if':
      // Says only that "then" has failed, whose errors tell the rest.
      return undefined;
    default:
      return here(`${name} does not fit (${keyword})`);
  }
}

/** A key that is a known one with something of the text around it: `{ name:kv }` of YAML, and blanks that nobody sees. */
function slipIn(key: string, known: readonly string[]): Suggestion | undefined {
  const colon = key.indexOf(':');
  const name = key.slice(0, colon === -1 ? undefined : colon).trim();
  if (name === key || !known.includes(name)) return undefined;
  const help =
    colon === -1
      ? `take away the blank beside ${name}, which is none that YAML knows`
      : `write a blank behind the colon: ${name}: ${key.slice(colon + 1)}`;
  return { help, about: aboutWord(key, known, name) };
}

/** How a group of keys is written. */
function formOf(name: string, { properties, required = [] }: Readonly<Record<string, unknown>>): string | undefined {
  const known = Object.keys((properties ?? {}) as object).filter((key) => key !== '$schema');
  if (known.length === 0) return undefined;
  const first = [...new Set([...(required as string[]), ...known])].slice(0, 3).map((key) => `${key}: …`);
  return `write ${name}: { ${first.join(', ')} }`;
}

/** The member's name, or what stands for it. */
function lastStep(pointer: string): string {
  const key = pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  if (pointer === '') return 'the document';
  return /^\d+$/.test(key) ? `entry ${Number(key) + 1}` : key;
}

function describe(schema: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const member = (schema.properties as Record<string, { description?: string }> | undefined)?.[key];
  return member?.description === undefined ? undefined : `${key}: ${member.description}`;
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a group of keys',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

function typeNames(type: unknown): string {
  return [type]
    .flat()
    .map((name) => nouns[String(name)] ?? String(name))
    .join(' or ');
}

function nounOf(data: unknown): string {
  if (data === null) return 'empty';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return 'a group of keys';
  return typeof data === 'string' ? `the text ${quote(data)}` : quote(data);
}

function scalarHelp(type: unknown, data: unknown): string | undefined {
  const isScalar = typeof data === 'number' || typeof data === 'boolean';
  return isScalar && [type].flat().includes('string') ? `put it in quotes: "${data}"` : undefined;
}
