import type { Reference } from '../../../expression/references.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import type { Subject, TemplateEntry } from '../../subject.ts';
import { readBy } from './unusable-input.ts';

export const triggerWithoutBody: Rule = {
  name: 'trigger-without-body',
  severity: 'warning',
  category: 'correctness',
  summary: 'No expression asks for the body of a trigger that has none',
  check: (subject, report) => {
    const [trigger] = subject.triggers;
    if (!trigger || !subject.triggers.every(({ typeWord }) => bodiless.has(typeWord))) return;
    for (const { entry, reference } of subject.references('trigger')) {
      if (!asksForBody(reference)) continue;
      const fails = failsOnNull(subject, entry, reference);
      report({
        pointer: entry.pointer,
        part: partIn(entry, reference),
        message: `the trigger "${trigger.name}" is of type ${trigger.type} and has no body: ${reference.function}() gives null${fails ? ', and the run fails' : ''}`,
        about: { found: trigger.name },
        help: 'read what is needed with an action, or let the workflow start with a request',
        ...(fails ? {} : { severity: 'info' }),
      });
    }
  },
};

/** Triggers that only time starts. */
const bodiless: ReadonlySet<string> = new Set(['recurrence', 'slidingwindow']);

function asksForBody({ function: called, call }: Reference): boolean {
  if (/^trigger(?:Body|FormDataValue|FormDataMultiValues|MultipartBody)$/.test(called)) return true;
  const key = called === 'triggerOutputs' ? call.accesses[0]?.key : undefined;
  return key?.kind === 'string' && /^body(?:\/|$)/i.test(key.value);
}

/** Whether null makes the run fail there: something is picked from it, or an action reads it that cannot do without. */
function failsOnNull(subject: Subject, { template, action, pointer, isKey }: TemplateEntry, { call }: Reference): boolean {
  const [first, ...rest] = call.accesses;
  if (/^triggerBody$/i.test(call.name) ? first?.safe === false : rest[0]?.safe === false) return true;
  if (!action || isKey || readBy(action) !== pointer) return false;
  return template?.kind === 'expression' && template.expression === call && subject.templateAt(pointer) !== undefined;
}
