import type { OperationRecord } from '../../engine/run/record.ts';
import { timeText } from '../../engine/run/result.ts';
import type { RunState } from '../../engine/run/state.ts';
import type { Beginning } from '../../engine/run/steps.ts';
import { toPlain, toValue } from '../../engine/values/json.ts';
import type { ActionRecord, Run } from '../state.ts';

/** What the engine keeps of an operation, as the state of the emulator has it. */
export function actionRecord(record: OperationRecord, trackingId: string): ActionRecord {
  const { status, code, end, inputs, outputs, error } = record;
  return {
    ...beginning(record, trackingId),
    status,
    code,
    endTime: timeText(end),
    ...(inputs !== undefined && { inputs: toPlain(inputs) }),
    ...(outputs !== undefined && { outputs: toPlain(outputs) }),
    ...(error && { error }),
  };
}

/** An action that runs. */
export function beginning(
  { name, start, isInputHidden, isOutputHidden, isSecretHandedOn }: Beginning,
  trackingId: string,
): ActionRecord {
  const startTime = timeText(start);
  return {
    name,
    status: 'Running',
    code: 'NotSpecified',
    startTime,
    endTime: startTime,
    trackingId,
    isInputSecured: isInputHidden,
    isOutputSecured: isOutputHidden,
    isSecretHandedOn,
  };
}

/** The trigger that has fired, as the engine wants it. */
export function triggerRecord({
  name,
  startTime,
  endTime,
  outputs,
  isInputSecured,
  isOutputSecured,
  isSecretHandedOn,
}: ActionRecord): OperationRecord {
  return {
    name,
    type: 'trigger',
    status: 'Succeeded',
    code: 'OK',
    start: Date.parse(startTime),
    end: Date.parse(endTime),
    ...(outputs !== undefined && { outputs: toValue(outputs) }),
    isInputHidden: isInputSecured,
    isOutputHidden: isOutputSecured,
    isSecretHandedOn,
    iterations: [],
    sent: 0,
  };
}

/** What the caller gets; names of headers are in lower case, as HTTP has them. */
export function responseOf({ status, headers, body }: NonNullable<RunState['response']>): NonNullable<Run['response']> {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { status, headers: Object.fromEntries(lower), ...(body !== undefined && { body: toPlain(body) }) };
}
