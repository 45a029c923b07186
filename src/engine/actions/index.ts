import type { Action } from './action.ts';
import { compose, join, parseJson, query, select, table } from './data.ts';
import { expression } from './expression.ts';
import type { Outcome } from './outcome.ts';
import { response } from './response.ts';
import { appendToArray, appendToString, decrement, increment, initialize, set } from './variables.ts';
import { terminate, wait } from './waiting.ts';

/** The types of actions that need nobody else, in lower case, and what runs them. */
export const simpleActions: Readonly<Record<string, (action: Action) => Outcome>> = {
  appendtoarrayvariable: appendToArray,
  appendtostringvariable: appendToString,
  compose,
  decrementvariable: decrement,
  expression,
  incrementvariable: increment,
  initializevariable: initialize,
  join,
  parsejson: parseJson,
  query,
  response,
  select,
  setvariable: set,
  table,
  terminate,
  wait,
};

/** The types that ask another service, in lower case: `src/engine/actions/call.ts` runs them. */
export const askingTypes: readonly string[] = [
  'apiapp',
  'apiconnection',
  'apiconnectionnotification',
  'apiconnectionwebhook',
  'apimanagement',
  'flow',
  'function',
  'http',
  'httpwebhook',
  'integrationaccountartifactlookup',
  'invokefunction',
  'openapiconnection',
  'openapiconnectionnotification',
  'openapiconnectionwebhook',
  'sendtobatch',
  'serviceprovider',
  'workflow',
];

/** The types that hold other actions: `src/engine/run/control.ts` runs them. */
export const groupTypes = ['foreach', 'if', 'scope', 'switch', 'until'] as const;

/** All types that are run, in lower case. */
export const runTypes: readonly string[] = [...Object.keys(simpleActions), ...askingTypes, ...groupTypes];
