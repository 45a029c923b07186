import { groupOf } from '../values/json.ts';
import type { Value } from '../values/value.ts';
import type { OperationRecord } from './record.ts';
import { timeText } from './result.ts';

/** A trigger or an action as `trigger()`, `actions()` and `result()` give it. Source: docs/facts/engine.md#run. */
export function actionValue({ name, inputs, outputs, start, end, code, status, error }: OperationRecord): Value {
  const known: [string, Value][] = [
    ['name', name],
    ...(inputs === undefined ? [] : [['inputs', inputs] satisfies [string, Value]]),
    ...(outputs === undefined ? [] : [['outputs', outputs] satisfies [string, Value]]),
    ['startTime', timeText(start)],
    ['endTime', timeText(end)],
    ['trackingId', trackingId(name, start)],
    ['clientTrackingId', trackingId('run', 0)],
    ['code', code],
    ['status', status],
    ...(error
      ? [
          [
            'error',
            groupOf([
              ['code', error.code],
              ['message', error.message],
            ]),
          ] satisfies [string, Value],
        ]
      : []),
  ];
  return groupOf(known);
}

/** The same of the same: nobody compares it with anything. */
function trackingId(name: string, start: number): string {
  return `${name.slice(0, 8).padEnd(8, '0')}-${start.toString(16).padStart(12, '0')}`;
}
