import { triggerMembers } from '../../../definition/operations.ts';
import { type SchemaError, type SchemaValidator, schemaProblems } from '../../../document/schema-problems.ts';
import * as validators from '../../../generated/validate-definition.js';
import { isObject, objectOf } from '../../../json/json.ts';
import { entryOf, member, memberNamed } from '../../../json/member.ts';
import { fromPointer } from '../../../json/pointer.ts';
import { spell } from '../../mends.ts';
import type { Finding, Rule } from '../../rule.ts';
import { isSecretPlace } from '../../secrecy.ts';
import type { Subject } from '../../subject.ts';
import { isOneOf } from '../../words.ts';

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
      for (const problem of schemaProblems(validate, value, isReal, (at) => isSecretPlace(pointer + at))) {
        const { message, atKey, about } = problem;
        const at = pointer + problem.pointer;
        const fix = about?.found !== undefined && about.allowed && !atKey ? spell(about.found, about.allowed, at) : undefined;
        const help = problem.help?.replace(/\.$/, '');
        const severity = isTaken(problem.pointer, pointer, value) ? 'warning' : 'error';
        report({ pointer: at, message, help, about, fix, severity, ...(atKey ? { part: 'key' } : {}) });
      }
    };
    look(validators.validateDefinition, definition, '');
    if (memberNamed(definition, 'triggers') === undefined) report(withoutTriggers);
    for (const { node: trigger, typeWord, pointer } of triggers) {
      look(validators.validateTrigger, trigger, pointer);
      look(entryOf(validators.triggerParts, typeWord), trigger, pointer);
    }
    for (const { node: action, typeWord, pointer } of actions) {
      look(validators.validateAction, action, pointer);
      look(entryOf(validators.actionParts, typeWord), action, pointer);
    }
  },
};

/** Such a definition is published and imported. Source: docs/facts/definitions.md#members. */
const withoutTriggers: Finding = {
  pointer: '/triggers',
  message: '"triggers" is missing',
  help: 'triggers: What starts the workflow',
  about: { found: 'triggers' },
  severity: 'warning',
};

/** What is published or imported so, and does not run. Source: docs/facts/definitions.md#members. */
function isTaken(problem: string, pointer: string, value: unknown): boolean {
  if (problem === '/type' && pointer.startsWith('/triggers/')) return isTooDeep(objectOf(value));
  // A blank that a template of the gallery leaves to whoever takes it.
  return member(value, ...fromPointer(problem)) === '';
}

/** Triggers that stand one level too deep, `{ "triggers": { "triggers": { "manual": … } } }`. */
function isTooDeep(trigger: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(trigger).every(([key, value]) => isObject(value) && !isOneOf(key, triggerMembers));
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
