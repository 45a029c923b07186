import { secondsIn } from '../../../definition/duration.ts';
import { ranges, retryInterval } from '../../../definition/limits.ts';
import { asText } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';

export const retryPolicy: Rule = {
  name: 'retry-policy',
  severity: 'error',
  category: 'correctness',
  summary: 'A retry policy tries 1 to 90 times, and waits 5 seconds to one day in between',
  check: (subject, report) => {
    // The settings of a Standard app can move these limits.
    const isFixed = subject.surroundings.host !== 'standard';
    for (const { node, pointer } of subject.operations) {
      for (const place of ['inputs', 'runtimeConfiguration']) {
        const policy = member(node, place, 'retryPolicy');
        if (!isObject(policy) || asText(policy.type).toLowerCase() === 'none') continue;
        const at = `${pointer}/${place}/retryPolicy`;
        const [least, most] = ranges.retryCount;
        if (isFixed && typeof policy.count === 'number' && !(policy.count >= least && policy.count <= most))
          report({
            pointer: `${at}/count`,
            message: `${policy.count} tries, and the service takes ${least} to ${most}`,
            help: 'to try only once, write "type": "none"',
          });
        for (const key of ['interval', 'minimumInterval', 'maximumInterval']) {
          const text = subject.literal(policy[key]);
          const seconds = text === undefined ? undefined : secondsIn(text);
          if (
            text === undefined ||
            (seconds !== undefined && (!isFixed || (seconds >= retryInterval.least && seconds <= retryInterval.most)))
          )
            continue;
          report({
            pointer: `${at}/${key}`,
            message: seconds === undefined ? `${key} "${text}" is no duration` : `${key} ${text} is out of range`,
            help: 'write an ISO 8601 duration from PT5S to P1D',
          });
        }
      }
    }
  },
};
