import { nearest } from '../diagnostics/nearest.ts';
import { anything, array, boolean, float, integer, nothing, number, object, string } from './types.ts';

/** What a function of the workflow definition language takes and gives. Types are unions of the kinds in `types.ts`. */
export interface FunctionSignature {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** The smallest number of arguments. */
  readonly required: number;
  /** Whether the last parameter takes any number of arguments. */
  readonly repeats?: true;
  readonly returns: number;
  /** What a call of it refers to. */
  readonly refersTo?: ReferenceKind;
  /** Whether two calls with the same arguments may give different values. */
  readonly varies?: true;
}

interface FunctionParameter {
  readonly name: string;
  /** What an argument can be. Only what is sure to fail is left out. */
  readonly kinds: number;
}

export type ReferenceKind =
  | 'action'
  | 'agent'
  | 'agentParameter'
  | 'appSetting'
  | 'callbackUrl'
  | 'currentAction'
  | 'item'
  | 'loop'
  | 'parameter'
  | 'trigger'
  | 'variable'
  | 'workflow';

interface TableEntry extends Omit<FunctionSignature, 'name' | 'parameters'> {
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * Names, argument counts and parameter names are those of the designer's list and of Microsoft's reference; what a function gives is from the
 * latter. Which function stands where: docs/facts/functions.md#of-workflow-expressions. Where the sources say "string" of a function that
 * converts any value, the table says `anything`; a test lists these.
 */
const table = {
  action: { parameters: {}, required: 0, returns: anything, refersTo: 'currentAction' },
  actionBody: { parameters: { actionName: string }, required: 1, returns: anything, refersTo: 'action' },
  actionOutputs: { parameters: { actionName: string }, required: 1, returns: anything, refersTo: 'action' },
  actions: { parameters: { actionName: string }, required: 1, returns: anything, refersTo: 'action' },
  add: { parameters: { summand_1: number, summand_2: number }, required: 2, returns: number },
  addDays: { parameters: { timestamp: string, days: number, format: string }, required: 2, returns: string },
  addHours: { parameters: { timestamp: string, hours: number, format: string }, required: 2, returns: string },
  addMinutes: { parameters: { timestamp: string, minutes: number, format: string }, required: 2, returns: string },
  addProperty: { parameters: { object: object, property: string, value: anything }, required: 3, returns: object },
  addSeconds: { parameters: { timestamp: string, seconds: number, format: string }, required: 2, returns: string },
  addToTime: {
    parameters: { timestamp: string, interval: integer, timeUnit: string, format: string },
    required: 3,
    returns: string,
  },
  agentParameters: { parameters: { name: string }, required: 1, returns: anything, refersTo: 'agentParameter' },
  and: { parameters: { expression1: boolean, expression2: boolean }, required: 2, repeats: true, returns: boolean },
  appsetting: { parameters: { settingName: string }, required: 1, returns: string, refersTo: 'appSetting' },
  array: { parameters: { value: anything }, required: 1, returns: array },
  assistantMessage: { parameters: {}, required: 0, returns: anything, refersTo: 'agent' },
  base64: { parameters: { value: anything }, required: 1, returns: string },
  base64ToBinary: { parameters: { value: anything }, required: 1, returns: anything },
  base64ToJson: { parameters: { value: anything }, required: 1, returns: anything },
  base64ToString: { parameters: { value: anything }, required: 1, returns: string },
  binary: { parameters: { value: anything }, required: 1, returns: anything },
  body: { parameters: { actionName: string }, required: 1, returns: anything, refersTo: 'action' },
  bool: { parameters: { value: anything }, required: 1, returns: boolean },
  channelTriggerBody: { parameters: {}, required: 0, returns: anything, refersTo: 'agent' },
  chunk: { parameters: { collection: array | string, length: integer }, required: 2, returns: array },
  coalesce: { parameters: { object_1: anything }, required: 1, repeats: true, returns: anything },
  concat: { parameters: { text_1: anything }, required: 1, repeats: true, returns: string },
  contains: { parameters: { collection: array | object | string, value: anything }, required: 2, returns: boolean },
  convertFromUtc: {
    parameters: { timestamp: string, destinationTimeZone: string, format: string },
    required: 2,
    returns: string,
  },
  convertTimeZone: {
    parameters: { timestamp: string, sourceTimeZone: string, destinationTimeZone: string, format: string },
    required: 3,
    returns: string,
  },
  convertToUtc: { parameters: { timestamp: string, sourceTimeZone: string, format: string }, required: 2, returns: string },
  createArray: { parameters: { object_1: anything }, required: 0, repeats: true, returns: array },
  dataUri: { parameters: { value: anything }, required: 1, returns: string },
  dataUriToBinary: { parameters: { value: anything }, required: 1, returns: anything },
  dataUriToString: { parameters: { value: anything }, required: 1, returns: string },
  dateDifference: { parameters: { startTimestamp: string, endTimestamp: string }, required: 2, returns: string },
  dayOfMonth: { parameters: { timestamp: string }, required: 1, returns: integer },
  dayOfWeek: { parameters: { timestamp: string }, required: 1, returns: integer },
  dayOfYear: { parameters: { timestamp: string }, required: 1, returns: integer },
  decimal: { parameters: { value: anything }, required: 1, returns: number },
  decodeBase64: { parameters: { value: anything }, required: 1, returns: string },
  decodeDataUri: { parameters: { value: anything }, required: 1, returns: anything },
  decodeUriComponent: { parameters: { value: anything }, required: 1, returns: string },
  decodeXmlName: { parameters: { name: string }, required: 1, returns: string },
  decodeXmlValue: { parameters: { value: anything }, required: 1, returns: string },
  div: { parameters: { dividend: number, divisor: number }, required: 2, returns: number },
  empty: { parameters: { collection: array | object | string | nothing }, required: 1, returns: boolean },
  encodeBase64: { parameters: { value: anything }, required: 1, returns: string },
  encodeUriComponent: { parameters: { value: anything }, required: 1, repeats: true, returns: string },
  encodeXmlName: { parameters: { name: string }, required: 1, returns: string },
  encodeXmlValue: { parameters: { value: anything }, required: 1, returns: string },
  endsWith: { parameters: { text: string, searchText: string }, required: 2, returns: boolean },
  equals: { parameters: { object1: anything, object2: anything }, required: 2, returns: boolean },
  first: { parameters: { collection: array | string }, required: 1, returns: anything },
  float: { parameters: { value: anything, locale: string }, required: 1, returns: float },
  formatDateTime: { parameters: { timestamp: string, format: string, locale: string }, required: 1, returns: string },
  formatNumber: { parameters: { number: number, format: string, locale: string }, required: 2, returns: string },
  formatTimeSpan: { parameters: { timeSpan: string, format: string, culture: string }, required: 2, returns: string },
  formDataMultiValues: { parameters: { actionName: string, key: string }, required: 2, returns: array, refersTo: 'action' },
  formDataValue: { parameters: { actionName: string, key: string }, required: 2, returns: anything, refersTo: 'action' },
  getFutureTime: {
    parameters: { interval: integer, timeUnit: string, format: string },
    required: 2,
    returns: string,
    varies: true,
  },
  getPastTime: {
    parameters: { interval: integer, timeUnit: string, format: string },
    required: 2,
    returns: string,
    varies: true,
  },
  greater: { parameters: { value: number | string, compareTo: number | string }, required: 2, returns: boolean },
  greaterOrEquals: { parameters: { value: number | string, compareTo: number | string }, required: 2, returns: boolean },
  guid: { parameters: { format: string }, required: 0, returns: string, varies: true },
  if: { parameters: { expression: boolean, valueIfTrue: anything, valueIfFalse: anything }, required: 3, returns: anything },
  indexOf: { parameters: { text: string, searchText: string }, required: 2, returns: integer },
  int: { parameters: { value: anything }, required: 1, returns: integer },
  intersection: {
    parameters: { collection_1: array | object, collection_2: array | object },
    required: 2,
    repeats: true,
    returns: array | object,
  },
  isFloat: { parameters: { value: anything, locale: string }, required: 1, returns: boolean },
  isInt: { parameters: { value: anything }, required: 1, returns: boolean },
  item: { parameters: {}, required: 0, returns: anything, refersTo: 'item' },
  items: { parameters: { loopName: string }, required: 1, returns: anything, refersTo: 'loop' },
  iterationIndexes: { parameters: { loopName: string }, required: 1, returns: integer, refersTo: 'loop' },
  join: { parameters: { collection: array, delimiter: string }, required: 2, returns: string },
  json: { parameters: { value: anything }, required: 1, returns: anything },
  last: { parameters: { collection: array | string }, required: 1, returns: anything },
  lastIndexOf: { parameters: { text: string, searchText: string }, required: 2, returns: integer },
  length: { parameters: { collection: array | string }, required: 1, returns: integer },
  less: { parameters: { value: number | string, compareTo: number | string }, required: 2, returns: boolean },
  lessOrEquals: { parameters: { value: number | string, compareTo: number | string }, required: 2, returns: boolean },
  listCallbackUrl: { parameters: {}, required: 0, returns: string, refersTo: 'callbackUrl' },
  max: { parameters: { value_1: array | number }, required: 1, repeats: true, returns: number },
  mergeObjects: { parameters: { object1: object, object2: object }, required: 2, returns: object },
  min: { parameters: { value_1: array | number }, required: 1, repeats: true, returns: number },
  mod: { parameters: { dividend: number, divisor: number }, required: 2, returns: number },
  mul: { parameters: { multiplicand_1: number, multiplicand_2: number }, required: 2, returns: number },
  multipartBody: { parameters: { actionName: string, index: number }, required: 2, returns: anything, refersTo: 'action' },
  not: { parameters: { expression: boolean }, required: 1, returns: boolean },
  nthIndexOf: { parameters: { text: string, searchText: string, occurrence: number }, required: 3, returns: integer },
  or: { parameters: { expression1: boolean, expression2: boolean }, required: 2, repeats: true, returns: boolean },
  outputs: { parameters: { actionName: string }, required: 1, returns: anything, refersTo: 'action' },
  parameters: { parameters: { parameterName: string }, required: 1, returns: anything, refersTo: 'parameter' },
  parse: { parameters: { value: anything }, required: 1, returns: anything },
  parseDateTime: { parameters: { dateString: string, locale: string, format: string }, required: 1, returns: string },
  pow: { parameters: { base: number, exponent: number }, required: 2, returns: number },
  rand: { parameters: { minValue: integer, maxValue: integer }, required: 2, returns: integer, varies: true },
  range: { parameters: { startIndex: integer, count: integer }, required: 2, returns: array },
  removeProperty: { parameters: { object: object, property: string }, required: 2, returns: object },
  replace: { parameters: { text: string, oldText: string, newText: string }, required: 3, returns: string },
  result: { parameters: { scopedActionName: string }, required: 0, returns: array, refersTo: 'action' },
  reverse: { parameters: { collection: array }, required: 1, returns: array },
  setProperty: { parameters: { object: object, property: string, value: anything }, required: 3, returns: object },
  skip: { parameters: { collection: array, count: integer }, required: 2, returns: array },
  slice: { parameters: { text: string, startIndex: integer, endIndex: integer }, required: 2, returns: string },
  sort: { parameters: { collection: array, sortBy: string }, required: 1, returns: array },
  split: { parameters: { text: string, separator: string }, required: 2, returns: array },
  startOfDay: { parameters: { timestamp: string, format: string }, required: 1, returns: string },
  startOfHour: { parameters: { timestamp: string, format: string }, required: 1, returns: string },
  startOfMonth: { parameters: { timestamp: string, format: string }, required: 1, returns: string },
  startsWith: { parameters: { text: string, searchText: string }, required: 2, returns: boolean },
  string: { parameters: { value: anything }, required: 1, returns: string },
  strongEquals: { parameters: { object1: anything, object2: anything }, required: 2, repeats: true, returns: boolean },
  sub: { parameters: { minuend: number, subtrahend: number }, required: 2, returns: number },
  substring: { parameters: { text: string, startIndex: integer, length: integer }, required: 2, returns: string },
  subtractFromTime: {
    parameters: { timestamp: string, interval: integer, timeUnit: string, format: string },
    required: 3,
    returns: string,
  },
  take: { parameters: { collection: array | string, count: integer }, required: 2, returns: array | string },
  ticks: { parameters: { timestamp: string }, required: 1, returns: integer },
  toLower: { parameters: { text: string }, required: 1, returns: string },
  toUpper: { parameters: { text: string }, required: 1, returns: string },
  trigger: { parameters: {}, required: 0, returns: anything, refersTo: 'trigger' },
  triggerBody: { parameters: {}, required: 0, returns: anything, refersTo: 'trigger' },
  triggerFormDataMultiValues: { parameters: { key: string }, required: 1, returns: array, refersTo: 'trigger' },
  triggerFormDataValue: { parameters: { key: string }, required: 1, returns: anything, refersTo: 'trigger' },
  triggerMultipartBody: { parameters: { index: number }, required: 1, returns: anything, refersTo: 'trigger' },
  triggerOutputs: { parameters: {}, required: 0, returns: anything, refersTo: 'trigger' },
  trim: { parameters: { text: string }, required: 1, returns: string },
  trimByteOrderMark: { parameters: { content: anything }, required: 1, returns: anything },
  union: {
    parameters: { collection_1: array | object, collection_2: array | object },
    required: 2,
    repeats: true,
    returns: array | object,
  },
  uriComponent: { parameters: { value: anything }, required: 1, returns: string },
  uriComponentToBinary: { parameters: { value: anything }, required: 1, returns: anything },
  uriComponentToString: { parameters: { value: anything }, required: 1, returns: string },
  uriHost: { parameters: { uri: string }, required: 1, returns: string },
  uriPath: { parameters: { uri: string }, required: 1, returns: string },
  uriPathAndQuery: { parameters: { uri: string }, required: 1, returns: string },
  uriPort: { parameters: { uri: string }, required: 1, returns: integer },
  uriQuery: { parameters: { uri: string }, required: 1, returns: string },
  uriScheme: { parameters: { uri: string }, required: 1, returns: string },
  utcNow: { parameters: { format: string }, required: 0, returns: string, varies: true },
  utf16Length: { parameters: { value: anything }, required: 1, returns: integer },
  utf8Length: { parameters: { value: anything }, required: 1, returns: integer },
  variables: { parameters: { variableName: string }, required: 1, returns: anything, refersTo: 'variable' },
  workflow: { parameters: {}, required: 0, returns: object, refersTo: 'workflow' },
  xml: { parameters: { value: anything }, required: 1, returns: anything },
  xpath: { parameters: { xml: anything, xpath: anything }, required: 2, returns: anything },
} as const satisfies Readonly<Record<string, TableEntry>>;

/** The name of a function, as the table spells it. */
export type FunctionName = keyof typeof table;

const byLowerCaseName = new Map(Object.entries(table).map(([name, entry]) => [name.toLowerCase(), signatureOf(name, entry)]));

function signatureOf(name: string, entry: TableEntry): FunctionSignature {
  return { ...entry, name, parameters: Object.entries(entry.parameters).map(([name, kinds]) => ({ name, kinds })) };
}

/** All functions, by name in order. */
export const functions: readonly FunctionSignature[] = [...byLowerCaseName.values()];

const byName = new Map(functions.map((signature) => [signature.name, signature]));

/** The function of that name, whatever its case; undefined when there is none. Asked of every call, and nearly all are spelt as here. */
export function functionNamed(name: string): FunctionSignature | undefined {
  return byName.get(name) ?? byLowerCaseName.get(name.toLowerCase());
}

/** The name of the function that was probably meant by a wrong one: a slip of it, or how it starts (`toUpperCase`). Undefined when none is. */
export function nearestFunction(name: string): string | undefined {
  const names = functions.map((signature) => signature.name);
  const typed = name.toLowerCase();
  const starts = names.filter((each) => each.length > 3 && typed.startsWith(each.toLowerCase()));
  return nearest(name, names) ?? starts.sort((left, right) => right.length - left.length)[0];
}
