import { secondsIn } from '../../../definition/duration.ts';
import { ranges } from '../../../definition/limits.ts';
import { quote } from '../../../diagnostics/words.ts';
import { member } from '../../../json/member.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const loopLimits: Rule = {
  name: 'loop-limits',
  severity: 'error',
  category: 'correctness',
  summary: 'Concurrency and the limits of loops and waits are numbers and durations that the service takes',
  check: (subject, report) => {
    const { host } = subject.surroundings;
    // Where the host is not known, it may be Standard.
    const waiting = host === 'standard' || host === undefined ? ranges.maximumWaitingRuns : ranges.maximumWaitingRunsElsewhere;
    for (const { node, typeWord, pointer } of subject.operations) {
      if (node.runtimeConfiguration === undefined && node.limit === undefined) continue;
      const concurrency = member(node, 'runtimeConfiguration', 'concurrency');
      for (const setting of ['repetitions', 'runs', 'maximumWaitingRuns'] as const) {
        const at = `${pointer}/runtimeConfiguration/concurrency/${setting}`;
        const range = setting === 'maximumWaitingRuns' ? waiting : ranges[setting];
        checkRange(member(concurrency, setting), range, at, setting, subject, report);
      }
      if (typeWord === 'until')
        checkRange(member(node, 'limit', 'count'), ranges.untilCount, `${pointer}/limit/count`, 'count', subject, report);
      const timeout = subject.literal(member(node, 'limit', 'timeout'));
      if (timeout === undefined || secondsIn(timeout) !== undefined) continue;
      report({
        pointer: `${pointer}/limit/timeout`,
        message: `"${timeout}" is no duration`,
        about: { found: timeout },
        help: 'write an ISO 8601 duration such as PT20S, PT1H or P1D',
        // Templates with such a timeout are deployed.
        severity: 'warning',
      });
    }
  },
};

function checkRange(
  value: unknown,
  [least, most]: readonly [number, number],
  pointer: string,
  name: string,
  subject: Subject,
  report: Report,
) {
  if (value === undefined || subject.isOpen(value)) return;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return;
  report({
    pointer,
    message: `${name} is ${quote(value)}, and the service takes ${least} to ${most}`,
    help: `write a whole number from ${least} to ${most}`,
  });
}
