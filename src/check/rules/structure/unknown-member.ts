import {
  actionMembers,
  actionTypes,
  definitionMembers,
  parameterMembers,
  recurrenceMembers,
  scheduleMembers,
  triggerMembers,
} from '../../../definition/operations.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import { aboutWord, type Suggestion } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import { isOneOf, suggestName } from '../../words.ts';

const inputsMembers = ['retryPolicy', 'method', 'uri', 'headers', 'queries', 'body', 'authentication'];

export const unknownMember: Rule = {
  name: 'unknown-member',
  severity: 'error',
  category: 'correctness',
  summary: 'The definition, triggers, actions, parameters and recurrences have no member that the service does not know',
  check: ({ definition, triggers, actions, surroundings }, report) => {
    const look = (
      group: unknown,
      known: readonly string[],
      pointer: string,
      what: string,
      fixOf?: (key: string) => Fix | undefined,
    ) => {
      if (!isObject(group)) return;
      for (const key of Object.keys(group)) {
        if (known.includes(key) || isOneOf(key, known)) continue;
        // ARM makes other members of it: https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties
        if (key === 'copy' && surroundings.armExpressions && Array.isArray(group[key])) continue;
        report({
          pointer: pointer + pointerStep(key),
          part: 'key',
          message: `${what} has no member "${key}"`,
          ...advice(key, known, pointer),
          fix: fixOf?.(key),
        });
      }
    };
    look(definition, definitionMembers, '', 'a definition');
    const { parameters } = definition;
    for (const [name, parameter] of Object.entries(isObject(parameters) ? parameters : {}))
      look(parameter, parameterMembers, `/parameters${pointerStep(name)}`, 'a parameter');
    for (const { node: trigger, pointer } of triggers) {
      // Where the type is missing too, something else stands here, and the rule members tells of it.
      if (trigger.type !== undefined) look(trigger, triggerMembers, pointer, 'a trigger');
      look(trigger.recurrence, recurrenceMembers, `${pointer}/recurrence`, 'a recurrence');
      look(member(trigger.recurrence, 'schedule'), scheduleMembers, `${pointer}/recurrence/schedule`, 'a schedule');
    }
    for (const entry of actions) look(entry.node, actionMembers, entry.pointer, 'an action', (key) => moveIn(entry, key));
  },
};

function advice(key: string, known: readonly string[], pointer: string): Suggestion {
  const help =
    pointer === '' && key === 'definition'
      ? 'the definition is one level deeper: take its contents out of "definition"'
      : isOneOf(key, inputsMembers)
        ? `move ${key} into inputs`
        : isOneOf(key, scheduleMembers)
          ? `move ${key} into schedule`
          : undefined;
  return help === undefined ? suggestName(key, known, 'members') : { help, about: aboutWord(key, known) };
}

/** A retry policy beside inputs, where the action's type is known to take one inside. */
function moveIn({ node: action, name, typeWord, pointer }: ActionEntry, key: string): Fix | undefined {
  const isTaken = actionTypes.get(typeWord)?.inputs?.includes(key) === true;
  if (key !== 'retryPolicy' || !isTaken || !isObject(action.inputs) || action.inputs[key] !== undefined) return undefined;
  return {
    description: `move ${key} of "${name}" into inputs`,
    edits: [{ kind: 'move', from: `${pointer}/${key}`, pointer: `${pointer}/inputs/${key}` }],
  };
}
