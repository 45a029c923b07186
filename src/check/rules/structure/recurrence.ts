import { cutValue } from '../../../diagnostics/show.ts';
import { asText, quote } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { entryOf } from '../../../json/member.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { isOneOf } from '../../words.ts';

/** How long an interval may be, by frequency. Source: docs/facts/definitions.md#recurrence. */
const longest: Readonly<Record<string, number>> = {
  second: 9_999_999,
  minute: 72_000,
  hour: 12_000,
  day: 500,
  week: 71,
  month: 16,
};
const frequencies = [...Object.keys(longest), 'year'];
/** With which frequencies each part of a schedule goes, and what stands in it. */
const scheduleParts: Readonly<Record<string, { frequencies: readonly string[]; range?: readonly [number, number] }>> = {
  hours: { frequencies: ['Day', 'Week'], range: [0, 23] },
  minutes: { frequencies: ['Day', 'Week'], range: [0, 59] },
  weekDays: { frequencies: ['Week'] },
  monthDays: { frequencies: ['Month'], range: [-31, 31] },
  monthlyOccurrences: { frequencies: ['Month'] },
};

export const recurrence: Rule = {
  name: 'recurrence',
  severity: 'error',
  category: 'correctness',
  summary: 'A recurrence has an interval in range, and a start and a schedule that go with its frequency',
  check: (subject, report) => {
    for (const { node: trigger, pointer } of subject.triggers) {
      if (isObject(trigger.recurrence)) checkRecurrence(trigger.recurrence, `${pointer}/recurrence`, subject, report);
    }
  },
};

function checkRecurrence(
  { frequency: written, interval, startTime, timeZone, schedule }: Record<string, unknown>,
  pointer: string,
  subject: Subject,
  report: Report,
) {
  const frequency = subject.literal(written);
  const start = subject.literal(startTime);
  if (start !== undefined && Number.isNaN(Date.parse(start.replace(/(\.\d{3})\d+/, '$1'))))
    report({
      pointer: `${pointer}/startTime`,
      message: `${quote(start)} is no time`,
      help: 'write it like 2026-01-05T06:00:00Z, or without the Z beside a timeZone',
    });
  else if (
    start !== undefined &&
    subject.literal(timeZone) !== undefined &&
    /Z$/i.test(start) &&
    !/^UTC$/i.test(asText(timeZone))
  )
    report({
      pointer: `${pointer}/startTime`,
      message: 'startTime ends in Z, which means UTC, but timeZone names another zone',
      help: 'leave out the Z, or timeZone',
      severity: 'info',
    });
  else if (start !== undefined && timeZone === undefined && !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(start) && start.includes('T'))
    report({
      pointer: `${pointer}/startTime`,
      message: 'startTime has no Z, and there is no timeZone that says where this is the time',
      help: 'add timeZone, or a Z where UTC is meant',
      severity: 'info',
    });
  // Of a frequency that there is not, the rule members tells.
  if (frequency === undefined || !isOneOf(frequency, frequencies)) return;
  const limit = entryOf(longest, frequency.toLowerCase());
  const count = typeof interval === 'string' ? Number(interval) : interval;
  if (typeof count === 'number' && limit !== undefined && count > limit) {
    report({ pointer: `${pointer}/interval`, message: `an interval of ${count} is too long for ${frequency}: ${limit} at most` });
  }
  for (const [part, values] of Object.entries(isObject(schedule) ? schedule : {})) {
    const known = entryOf(scheduleParts, part);
    if (!known || values === null) continue;
    const { frequencies: fitting, range } = known;
    const at = `${pointer}/schedule/${part}`;
    if (!isOneOf(frequency, fitting))
      report({
        pointer: at,
        part: 'key',
        message: `${part} in a schedule goes with the frequency ${fitting.join(' or ')}, not with ${cutValue(frequency)}`,
        help: `change frequency, or leave ${part} out`,
      });
    for (const [index, value] of range && Array.isArray(values) ? values.entries() : []) {
      if (!range || subject.isOpen(value) || (typeof value !== 'number' && typeof value !== 'string')) continue;
      const number = Number(value);
      if (Number.isInteger(number) && number >= range[0] && number <= range[1]) continue;
      report({
        pointer: `${at}/${index}`,
        message: `${quote(value)} does not go among ${part}`,
        help: `write whole numbers from ${range[0]} to ${range[1]}`,
      });
    }
  }
}
