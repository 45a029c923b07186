import { isGroup } from '../../../definition/walk.ts';
import type { Report, Rule } from '../../rule.ts';

/** How long an interval may be, by frequency. Source: facts/workflow-definitions.md 6.3. */
const longest: Readonly<Record<string, number>> = {
  second: 9_999_999,
  minute: 72_000,
  hour: 12_000,
  day: 500,
  week: 71,
  month: 16,
};
/** With which frequencies each part of a schedule goes. */
const frequenciesOf: Readonly<Record<string, readonly string[]>> = {
  hours: ['Day', 'Week'],
  minutes: ['Day', 'Week'],
  weekDays: ['Week'],
  monthDays: ['Month'],
  monthlyOccurrences: ['Month'],
};

export const recurrence: Rule = {
  name: 'recurrence',
  severity: 'error',
  category: 'correctness',
  summary: 'A recurrence has an interval in range, and a start and a schedule that go with its frequency',
  check: (subject, report) => {
    for (const { trigger, pointer } of subject.triggers) {
      if (isGroup(trigger.recurrence) && !subject.isOpen(trigger.recurrence.frequency))
        checkRecurrence(trigger.recurrence, `${pointer}/recurrence`, report);
    }
  },
};

function checkRecurrence(
  { frequency, interval, startTime, timeZone, schedule }: Record<string, unknown>,
  pointer: string,
  report: Report,
) {
  if (typeof frequency !== 'string') return;
  const limit = longest[frequency.toLowerCase()];
  if (typeof interval === 'number' && limit !== undefined && interval > limit) {
    report({
      pointer: `${pointer}/interval`,
      message: `an interval of ${interval} is too long for ${frequency}: ${limit} at most`,
    });
  }
  if (typeof startTime === 'string' && timeZone !== undefined && /Z$/i.test(startTime)) {
    report({
      pointer: `${pointer}/startTime`,
      message: 'startTime ends in Z, which means UTC, but timeZone names another zone',
      help: 'leave out the Z, or timeZone',
    });
  }
  for (const part of Object.keys(isGroup(schedule) ? schedule : {})) {
    const allowed = frequenciesOf[part];
    if (!allowed || allowed.some((name) => name.toLowerCase() === frequency.toLowerCase())) continue;
    report({
      pointer: `${pointer}/schedule/${part}`,
      part: 'key',
      message: `${part} in a schedule goes with the frequency ${allowed.join(' or ')}, not with ${frequency}`,
      help: `change frequency, or leave ${part} out`,
    });
  }
}
