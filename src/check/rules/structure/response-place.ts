import { loopAround } from '../../../definition/loops.ts';
import type { Rule } from '../../rule.ts';

export const responsePlace: Rule = {
  name: 'response-place',
  severity: 'error',
  category: 'correctness',
  summary: 'A Response answers a Request trigger, once: it cannot be in a loop',
  check: (subject, report) => {
    const responses = subject.actionsOfType('response');
    const hasRequest = subject.triggers.some(
      ({ type, typeWord }) => type === '' || typeWord === 'request' || typeWord === 'manual' || subject.isComputed(type),
    );
    for (const entry of responses) {
      const loop = loopAround(entry);
      if (loop)
        report({
          pointer: entry.pointer,
          part: 'key',
          message: `the response "${entry.name}" is in the loop "${loop.name}", and a caller gets one answer only`,
          about: { found: loop.name },
          help: 'collect what to answer in the loop, and respond after it',
        });
      if (!hasRequest && subject.triggers.length > 0)
        report({
          pointer: entry.pointer,
          part: 'key',
          message: `"${entry.name}" answers a caller, but the trigger is not Request: nobody waits for the answer`,
          help: 'use a trigger of type Request, or take the action out',
          // Templates with such an action are deployed.
          severity: 'warning',
        });
    }
  },
};
