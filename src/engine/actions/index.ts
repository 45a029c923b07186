import type { Action } from './action.ts';
import { call } from './call.ts';
import { compose, join, parseJson, query, select, table } from './data.ts';
import { expression } from './expression.ts';
import type { Outcome } from './outcome.ts';
import { response } from './response.ts';
import { appendToArray, appendToString, decrement, increment, initialize, set } from './variables.ts';
import { terminate, wait } from './waiting.ts';

/** The types of actions that hold no others, in lower case, and what runs them. */
export const simpleActions: Readonly<Record<string, (action: Action) => Outcome>> = {
  apiapp: call,
  apiconnection: call,
  apiconnectionnotification: call,
  apiconnectionwebhook: call,
  apimanagement: call,
  appendtoarrayvariable: appendToArray,
  appendtostringvariable: appendToString,
  compose,
  decrementvariable: decrement,
  expression,
  flow: call,
  function: call,
  http: call,
  httpwebhook: call,
  incrementvariable: increment,
  initializevariable: initialize,
  integrationaccountartifactlookup: call,
  invokefunction: call,
  join,
  openapiconnection: call,
  openapiconnectionnotification: call,
  openapiconnectionwebhook: call,
  parsejson: parseJson,
  query,
  response,
  select,
  sendtobatch: call,
  serviceprovider: call,
  setvariable: set,
  table,
  terminate,
  wait,
  workflow: call,
};

/** The types that hold other actions: `src/engine/run/control.ts` runs them. */
export const groupTypes = ['foreach', 'if', 'scope', 'switch', 'until'] as const;

/** All types that are run, in lower case. */
export const runTypes: readonly string[] = [...Object.keys(simpleActions), ...groupTypes];
