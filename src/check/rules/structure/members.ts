import { type SchemaError, type SchemaValidator, schemaProblems } from '../../../document/schema-problems.ts';
import { isTemplate } from '../../../expression/template.ts';
import {
  validateApiConnection,
  validateDefinition,
  validateHttp,
  validateOperation,
  validateRecurrenceTrigger,
} from '../../../generated/validate-definition.js';
import type { Rule } from '../../rule.ts';

/** Validators of operations by type, in lower case: the service ignores case. */
const actionValidators: Readonly<Record<string, SchemaValidator>> = { http: validateHttp, apiconnection: validateApiConnection };
const triggerValidators: Readonly<Record<string, SchemaValidator>> = {
  ...actionValidators,
  recurrence: validateRecurrenceTrigger,
};

export const members: Rule = {
  name: 'members',
  severity: 'error',
  category: 'correctness',
  summary: 'Members of the definition, its triggers and actions are those that the service knows and needs',
  check: (subject, report) => {
    const { definition, triggers, actions } = subject;
    const look = (validate: SchemaValidator | undefined, value: unknown, pointer: string) => {
      if (!validate) return;
      for (const problem of schemaProblems(validate, value, (error) => !subject.isOpen(error.data) && isReal(error))) {
        const { message, help, atKey } = problem;
        report({
          pointer: pointer + problem.pointer,
          message,
          ...(help === undefined ? {} : { help }),
          ...(atKey ? { part: 'key' } : {}),
        });
      }
    };
    look(validateDefinition, definition, '');
    for (const { trigger, type, pointer } of triggers) look(triggerValidators[type.toLowerCase()], trigger, pointer);
    for (const { action, type, pointer, parent } of actions) {
      if (parent) look(validateOperation, action, pointer);
      look(actionValidators[type.toLowerCase()], action, pointer);
    }
  },
};

/** An expression may stand for any value, and the service ignores the case of words. */
function isReal({ keyword, data, schema }: SchemaError): boolean {
  if (typeof data !== 'string') return true;
  if (isTemplate(data)) return false;
  return keyword !== 'enum' || !(schema as unknown[]).some((word) => String(word).toLowerCase() === data.toLowerCase());
}
