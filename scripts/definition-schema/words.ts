import { dispatchOf } from './checked.ts';
import { readDemands, referred, type Schema, type Schemas } from './demands.ts';

/** The words of the language that rules ask for, as a module: types, kinds, members, options. */
export function definitionWords(): string {
  const { definitions } = readDemands();
  const membersOf = (schema: Schema | undefined) => Object.keys(schema?.properties ?? {});
  const { recurrence, operationOptions } = definitions;
  const tables = {
    actionWords: operationWords('action'),
    triggerWords: operationWords('trigger'),
    definitionMembers: membersOf(definitions.definition),
    parameterMembers: membersOf(definitions.parameter),
    triggerMembers: membersOf(definitions.trigger),
    actionMembers: membersOf(definitions.action),
    runtimeMembers: membersOf(definitions.runtimeConfiguration),
    recurrenceMembers: membersOf(recurrence),
    scheduleMembers: membersOf(recurrence?.properties?.schedule),
    operationOptions: operationOptions?.examples ?? [],
    authenticationTypes: Object.keys(dispatchOf('authentication').cases),
  };
  const lines = Object.entries(tables).map(([name, words]) => {
    const type = name.endsWith('Words') ? 'Readonly<Record<string, OperationWords>>' : 'readonly string[]';
    return `export const ${name}: ${type} = ${JSON.stringify(words)};\n`;
  });
  return `${operationWordsType}\n${lines.join('')}`;
}

const operationWordsType = `export interface OperationWords {
  /** Members of \`inputs\`. Absent where they depend on a connector. */
  readonly inputs?: readonly string[];
  /** The words that \`kind\` can be, where they are known. */
  readonly kinds?: readonly string[];
}
`;

/** By type, as the designer writes it. */
function operationWords(kind: 'action' | 'trigger') {
  return Object.fromEntries(
    Object.entries(dispatchOf(kind).cases).map(([type, name]) => {
      const part = partNamed(name);
      const inputs = part.properties?.inputs;
      const known = inputs?.properties && inputs['x-open'] !== true ? Object.keys(inputs.properties) : undefined;
      const kinds = part.properties?.kind?.examples;
      return [type, { ...(known && { inputs: known }), ...(kinds && { kinds }) }];
    }),
  );
}

/** A definition, and what it takes of others put into it. */
function partNamed(name: string): Pick<Schema, 'properties'> {
  const part = readDemands().definitions[name] ?? {};
  const all: readonly Schema[] = [...(part.allOf ?? []).map((each) => partNamed(referred(each) ?? '')), part];
  const properties: Schemas = Object.assign({}, ...all.map((each) => each.properties));
  const inputs = all.map((each) => each.properties?.inputs).filter((each) => each !== undefined);
  if (!inputs.some((each) => each.properties)) return { properties };
  const members: Schemas = Object.assign({}, ...inputs.map((each) => each.properties));
  return { properties: { ...properties, inputs: { ...inputs[0], properties: members } } };
}
