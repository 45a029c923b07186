import { changedVariable, type VariableEntry } from '../../../definition/variables.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { entryOf, member } from '../../../json/member.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const variableType: Rule = {
  name: 'variable-type',
  severity: 'warning',
  category: 'correctness',
  summary: 'A variable is given values of its own type, and changed by the actions that its type takes',
  check: (subject, report) => {
    const declared = new Map<string, VariableEntry | undefined>();
    for (const variable of subject.variables) {
      const word = variable.name.toLowerCase();
      // Of one that is initialized twice, the rule variable-twice tells.
      declared.set(word, declared.has(word) ? undefined : variable);
      checkValue(variable.value, variable, `${variable.pointer}/value`, subject, report);
    }
    for (const action of subject.actions) {
      const name = changedVariable(action);
      const variable = name === undefined ? undefined : declared.get(name.toLowerCase());
      if (variable) checkChange(action, variable, subject, report);
    }
  },
};

/** Types of variables by the actions that change them. Source: Microsoft's page on variables. */
const changers: Readonly<Record<string, readonly string[]>> = {
  incrementvariable: ['integer', 'float'],
  decrementvariable: ['integer', 'float'],
  appendtoarrayvariable: ['array'],
  appendtostringvariable: ['string'],
};

function checkChange(action: ActionEntry, variable: VariableEntry, subject: Subject, report: Report) {
  const type = typeOf(variable);
  const taken = entryOf(changers, action.typeWord);
  const value = member(action.node, 'inputs', 'value');
  const pointer = `${action.pointer}/inputs/value`;
  if (type === undefined) return;
  if (taken && !taken.includes(type))
    report({
      pointer: `${action.pointer}/inputs/name`,
      message: `"${action.name}" changes a variable of type ${taken.join(' or ')}, and "${variable.name}" is of type ${type}: the run fails`,
      about: { found: variable.name },
      help: `change the type of "${variable.name}", or set it with SetVariable`,
    });
  else if (action.typeWord === 'appendtoarrayvariable' && value === null)
    report({
      pointer,
      message: `"${action.name}" appends null to the variable "${variable.name}", and no element can be null: the run fails`,
      about: { found: variable.name },
      help: 'append a text, a number or a group',
    });
  else if (!/^append/.test(action.typeWord)) checkValue(value, variable, pointer, subject, report);
}

/** Never quotes the value: it may be a secret. */
function checkValue(value: unknown, variable: VariableEntry, pointer: string, subject: Subject, report: Report) {
  const type = typeOf(variable);
  if (type === undefined || value === undefined || value === null || value === '' || subject.isOpen(value)) return;
  if (subject.templateAt(pointer) || fits[type](value)) return;
  report({
    pointer,
    message: `the variable "${variable.name}" is of type ${type}, and this value is not: the run fails`,
    about: { found: variable.name },
    help: 'change the type of the variable, or the value',
  });
}

/** Whether a value can be one of a type. Numbers and truth values in quotes are passed over: nobody has shown that they fail. */
const fits = {
  string: (value: unknown) => typeof value === 'string',
  integer: (value: unknown) => Number.isInteger(asNumber(value)),
  float: (value: unknown) => Number.isFinite(asNumber(value)),
  boolean: (value: unknown) => typeof value === 'boolean' || /^(?:true|false)$/i.test(asText(value)),
  array: Array.isArray,
  object: (value: unknown) => isObject(value),
} as const;

function asNumber(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

function typeOf({ type }: VariableEntry): keyof typeof fits | undefined {
  const word = typeof type === 'string' ? type.toLowerCase() : '';
  return Object.hasOwn(fits, word) ? (word as keyof typeof fits) : undefined;
}
