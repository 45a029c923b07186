import type { Spec } from '../spec/spec.ts';

/** IP ranges that may call the trigger of a Logic App; undefined where the spec says nothing of it. An empty list: other Logic Apps. */
export function callerRanges({ trigger }: Spec): readonly string[] | undefined {
  return (trigger.request ?? trigger.manual)?.callers?.ipRanges;
}
