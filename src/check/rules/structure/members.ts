import { asText } from '../../../diagnostics/words.ts';
import { type SchemaError, type SchemaValidator, schemaProblems } from '../../../document/schema-problems.ts';
import * as validators from '../../../generated/validate-definition.js';
import { isObject } from '../../../json/json.ts';
import { entryOf, member } from '../../../json/member.ts';
import { fromPointer } from '../../../json/pointer.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

const variableChange = validators.validateVariableChange;
const shift = validators.validateTimeShift;
const fromNow = validators.validateTimeFromNow;

/** Validators of actions by type, in lower case: the service ignores case. */
const actionValidators: Readonly<Record<string, SchemaValidator>> = {
  apiconnection: validators.validateApiConnection,
  appendtoarrayvariable: variableChange,
  appendtostringvariable: variableChange,
  decrementvariable: variableChange,
  flatfiledecoding: validators.validateContent,
  flatfileencoding: validators.validateContent,
  foreach: validators.validateForeach,
  function: validators.validateFunctionCall,
  http: validators.validateHttp,
  httpwebhook: validators.validateHttpWebhook,
  if: validators.validateIf,
  incrementvariable: variableChange,
  initializevariable: validators.validateInitializeVariable,
  javascriptcode: validators.validateCode,
  join: validators.validateJoin,
  liquid: validators.validateContent,
  openapiconnection: validators.validateOpenApiConnection,
  openapiconnectionwebhook: validators.validateOpenApiConnection,
  parsejson: validators.validateParseJson,
  query: validators.validateQuery,
  response: validators.validateResponse,
  select: validators.validateSelect,
  sendtobatch: validators.validateSendToBatch,
  serviceprovider: validators.validateServiceProvider,
  setvariable: variableChange,
  switch: validators.validateSwitch,
  table: validators.validateTable,
  terminate: validators.validateTerminate,
  until: validators.validateUntil,
  wait: validators.validateWait,
  workflow: validators.validateWorkflow,
  xmlvalidation: validators.validateContent,
  xslt: validators.validateContent,
};

/** Of actions of type Expression, by kind in lower case. */
const expressionValidators: Readonly<Record<string, SchemaValidator>> = {
  addtotime: shift,
  subtractfromtime: shift,
  getfuturetime: fromNow,
  getpasttime: fromNow,
  converttimezone: validators.validateTimeZone,
};

const triggerValidators: Readonly<Record<string, readonly SchemaValidator[]>> = {
  apiconnection: [validators.validateApiConnection, validators.validateRecurring],
  apiconnectionwebhook: [validators.validateApiConnection],
  http: [validators.validateHttp, validators.validateRecurring],
  httpwebhook: [validators.validateHttpWebhook],
  openapiconnection: [validators.validateOpenApiConnection],
  openapiconnectionwebhook: [validators.validateOpenApiConnection],
  recurrence: [validators.validateRecurring],
  serviceprovider: [validators.validateServiceProvider],
  slidingwindow: [validators.validateRecurring],
};

export const members: Rule = {
  name: 'members',
  severity: 'error',
  category: 'correctness',
  summary: 'The definition, its triggers and its actions have the members that they need, each of the right type',
  check: (subject, report) => {
    const { definition, triggers, actions } = subject;
    const isReal = (error: SchemaError) => isRealError(error, subject);
    const look = (validate: SchemaValidator | undefined, value: unknown, pointer: string) => {
      if (!validate) return;
      for (const problem of schemaProblems(validate, value, isReal)) {
        const { message, atKey, about } = problem;
        const at = pointer + problem.pointer;
        const fix = about?.found !== undefined && about.allowed && !atKey ? spell(about.found, about.allowed, at) : undefined;
        const help = problem.help?.replace(/\.$/, '');
        const severity = isTaken(problem.pointer, pointer, value) ? 'warning' : 'error';
        report({ pointer: at, message, help, about, fix, severity, ...(atKey ? { part: 'key' } : {}) });
      }
    };
    look(validators.validateDefinition, definition, '');
    for (const { node: trigger, typeWord, pointer } of triggers) {
      look(validators.validateTrigger, trigger, pointer);
      for (const validate of entryOf(triggerValidators, typeWord) ?? []) look(validate, trigger, pointer);
    }
    for (const { node: action, typeWord, pointer } of actions) {
      look(validators.validateOperation, action, pointer);
      const special = typeWord === 'expression' ? entryOf(expressionValidators, asText(action.kind).toLowerCase()) : undefined;
      look(special ?? entryOf(actionValidators, typeWord), action, pointer);
    }
  },
};

/** What is published or imported so, and does not run. Source: docs/facts/definitions.md#members. */
function isTaken(problem: string, pointer: string, value: unknown): boolean {
  // A definition without triggers.
  if (pointer === '' && problem === '/triggers') return member(value, 'triggers') === undefined;
  // A trigger one level too deep, `{ "triggers": { "triggers": { "manual": … } } }`.
  if (problem === '/type' && pointer.startsWith('/triggers/') && Object.values(value as object).some(isObject)) return true;
  // A blank that a template of the gallery leaves to whoever takes it.
  return member(value, ...fromPointer(problem)) === '';
}

/** An expression may stand for any value, and the service ignores the case of words and of members' names. */
function isRealError({ keyword, data, schema, params }: SchemaError, subject: Subject): boolean {
  if (keyword === 'required') {
    const wanted = String(params.missingProperty).toLowerCase();
    return !Object.keys(data as object).some((key) => key.toLowerCase() === wanted);
  }
  // A member that is null is as good as absent.
  if (data === null) return false;
  if (typeof data !== 'string') return true;
  if (subject.isOpen(data)) return false;
  // Numbers and truth values may stand in quotes.
  if (keyword === 'type' && isQuoted(data, [schema].flat())) return false;
  return keyword !== 'enum' || !(schema as unknown[]).some((word) => String(word).toLowerCase() === data.toLowerCase());
}

function isQuoted(text: string, types: readonly unknown[]): boolean {
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text));
  return (
    (isNumber && (types.includes('integer') || types.includes('number'))) ||
    (/^(true|false)$/i.test(text) && types.includes('boolean'))
  );
}
