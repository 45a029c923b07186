import { fitsParameter, parameterType } from '../../../definition/parameters.ts';
import { aboutWord } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member, memberNamed } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Report, Rule, SurroundingPart } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { isOneOf, suggestName } from '../../words.ts';

/** Members of a value in the resource. Source: the service's message in Azure/Azure-Sentinel#408 names the class FlowTemplateParameter. */
const valueMembers = ['value', 'type', 'metadata', 'description', 'reference', 'allowedValues'];

export const parameterValues: Rule = {
  name: 'parameter-values',
  severity: 'error',
  category: 'correctness',
  summary: 'Every parameter has a value, of its type and among those that it allows',
  check: (subject, report) => {
    const { definition, surroundings } = subject;
    const { host, parameters: values } = surroundings;
    for (const [name, declared] of entriesOf(definition.parameters)) {
      const pointer = `/parameters${pointerStep(name)}`;
      const type = parameterType(member(declared, 'type'));
      const defaultValue = member(declared, 'defaultValue');
      const given = memberNamed(values, name);
      const value = member(given, 'value');
      // A default that a value stands for is never used.
      if (value === undefined)
        checkValue(defaultValue, declared, type, { pointer: `${pointer}/defaultValue` }, name, subject, report);
      checkValue(value, declared, type, { pointer: `${pointerStep(name)}/value`, in: 'parameters' }, name, subject, report);
      const isOutside = given !== undefined && given !== null && !isObject(given) && !subject.isComputed(given);
      const isMissing =
        !isOutside && defaultValue === undefined && value === undefined && member(given, 'reference') === undefined;
      // Of other hosts it is not known who gives the values.
      if (isMissing && host === 'consumption' && values !== undefined && !subject.isComputed(given))
        report({
          pointer,
          part: 'key',
          message: `the parameter "${name}" has no value`,
          help: `give it a defaultValue, or a value beside the definition: "parameters": { "${name}": { "value": … } }`,
        });
    }
    if (host === 'standard') return;
    for (const [name, given] of entriesOf(values)) {
      if (host === 'consumption' && !isObject(given) && given !== null && !subject.isComputed(given))
        report({
          pointer: pointerStep(name),
          in: 'parameters',
          part: 'key',
          message: `the parameter "${name}" is given a bare value, and the service takes a group with the member value`,
          help: `write "${name}": { "value": … }`,
        });
      for (const key of isObject(given) ? Object.keys(given) : []) {
        if (isOneOf(key, valueMembers)) continue;
        report({
          pointer: pointerStep(name) + pointerStep(key),
          in: 'parameters',
          part: 'key',
          message: `the value of the parameter "${name}" has no member "${key}"`,
          about: aboutWord(key, valueMembers),
          help: key === 'defaultValue' ? 'write "value" here; defaultValue belongs into the definition' : 'write "value" only',
        });
      }
      if (host !== 'consumption' || memberNamed(definition.parameters, name) !== undefined) continue;
      const names = entriesOf(definition.parameters).map(([each]) => each);
      report({
        pointer: pointerStep(name),
        in: 'parameters',
        part: 'key',
        message: `a value is given for "${name}", but the definition declares no such parameter`,
        ...suggestName(name, names, 'parameters'),
        // A resource that the service gave has the value, and no declaration.
        ...(name === '$connections' && { severity: 'warning' }),
      });
    }
  },
};

function entriesOf(group: unknown): [string, unknown][] {
  return isObject(group) ? Object.entries(group) : [];
}

/** Never quotes the value: it may be a secret. */
function checkValue(
  value: unknown,
  declared: unknown,
  type: ReturnType<typeof parameterType>,
  place: { pointer: string; in?: SurroundingPart },
  name: string,
  subject: Subject,
  report: Report,
) {
  if (value === undefined || value === null || subject.isOpen(value)) return;
  if (type && !fitsParameter(type, value)) {
    report({
      ...place,
      message: `the parameter "${name}" is of type ${type}, and this value is not`,
      help: 'change the type, or the value',
    });
    return;
  }
  const allowed = member(declared, 'allowedValues');
  if (!Array.isArray(allowed) || allowed.some((each) => subject.isOpen(each) || isSame(each, value))) return;
  report({
    ...place,
    message: `this value of the parameter "${name}" is not among its allowedValues`,
    help: 'choose one of them, or add it',
  });
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
