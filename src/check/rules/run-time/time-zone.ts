import { timeZoneProblem } from '../../../cloud/time-zones.ts';
import { callsIn } from '../../../expression/references.ts';
import type { Expression } from '../../../expression/syntax.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { partIn } from '../../part-in.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

/** Which arguments of a function are time zones. */
const zoneArguments: Readonly<Record<string, readonly number[]>> = {
  convertfromutc: [1],
  converttimezone: [1, 2],
  converttoutc: [1],
};

/** Most strings call none of them. */
const converts = /(?:from|to)utc|timezone/i;

export const timeZone: Rule = {
  name: 'time-zone',
  severity: 'warning',
  category: 'correctness',
  summary: 'A time zone has the name that Windows gives it',
  check: (subject, report) => {
    for (const { node, pointer } of subject.triggers)
      for (const [group, at] of [
        [node.recurrence, `${pointer}/recurrence`],
        [member(node.inputs, 'recurrence'), `${pointer}/inputs/recurrence`],
      ] as const)
        if (isObject(group)) look(group.timeZone, `${at}/timeZone`, subject, report);
    for (const { node, pointer } of subject.actionsOfType('expression'))
      for (const key of ['sourceTimeZone', 'destinationTimeZone'])
        look(member(node.inputs, key), `${pointer}/inputs/${key}`, subject, report);
    for (const entry of subject.templates) {
      const { template, pointer, text } = entry;
      if (!template || !converts.test(text)) continue;
      for (const { name, arguments: given } of callsIn(template))
        for (const index of zoneArguments[name.toLowerCase()] ?? []) {
          const zone: Expression | undefined = given[index];
          const problem = zone?.kind === 'string' ? timeZoneProblem(zone.value) : undefined;
          if (problem && zone?.kind === 'string')
            report({ pointer, part: partIn(entry, zone), ...problem, about: { found: zone.value } });
        }
    }
  },
};

function look(value: unknown, pointer: string, subject: Subject, report: Report) {
  const text = subject.knownText(value, pointer);
  const problem = text ? timeZoneProblem(text) : undefined;
  if (text && problem) report({ pointer, ...problem, about: { found: text } });
}
