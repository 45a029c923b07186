import { loopAround } from '../../../definition/loops.ts';
import { cutValue } from '../../../diagnostics/show.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';

export const terminate: Rule = {
  name: 'terminate',
  severity: 'error',
  category: 'correctness',
  summary: 'Terminate cannot be in a loop, and gives an error only when it ends the run as failed',
  check: (subject, report) => {
    for (const entry of subject.actionsOfType('terminate')) {
      const loop = loopAround(entry);
      if (loop)
        report({
          pointer: entry.pointer,
          part: 'key',
          message: `"${entry.name}" ends the run from within the loop "${loop.name}"`,
          about: { found: loop.name },
          help: 'remember in a variable that the run should end, and terminate after the loop',
        });
      const status = subject.literal(member(entry.node, 'inputs', 'runStatus'));
      const error = member(entry.node, 'inputs', 'runError');
      if (status === undefined || status.toLowerCase() === 'failed' || error === undefined || error === null) continue;
      report({
        pointer: `${entry.pointer}/inputs/runError`,
        part: 'key',
        message: `runError goes with the status Failed, not with ${cutValue(status)}: nobody will see it`,
        help: 'write "runStatus": "Failed", or leave runError out',
        severity: 'warning',
      });
    }
  },
};
