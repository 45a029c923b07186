import { asText as wordOf } from '../../diagnostics/words.ts';
import { evaluationOf } from '../functions/index.ts';
import { notRun } from '../refusal.ts';
import { groupOf } from '../values/json.ts';
import { isGroup, type Value } from '../values/value.ts';
import type { Action } from './action.ts';
import type { Outcome } from './outcome.ts';

/** The function that a kind of the Expression action stands for, and the members of its inputs that are the arguments. */
const kinds: Readonly<Record<string, readonly [name: string, ...members: string[]]>> = {
  addtotime: ['addToTime', 'baseTime', 'interval', 'timeUnit'],
  converttimezone: ['convertTimeZone', 'baseTime', 'sourceTimeZone', 'destinationTimeZone', 'formatString'],
  currenttime: ['utcNow'],
  getfuturetime: ['getFutureTime', 'interval', 'timeUnit'],
  getpasttime: ['getPastTime', 'interval', 'timeUnit'],
  subtractfromtime: ['subtractFromTime', 'baseTime', 'interval', 'timeUnit'],
};

/** An action that stands for one call: Current time, Convert time zone and so on. */
export function expression({ node, scope }: Action): Outcome {
  const kind = wordOf(node.kind);
  const word = kind.toLowerCase();
  const [name, ...members] =
    (Object.hasOwn(kinds, word) ? kinds[word] : undefined) ??
    notRun(`actions of the type Expression and the kind ${kind.slice(0, 40)}`);
  const { value: inputs, isSecret } = scope.resolve(node.inputs ?? {});
  const group = isGroup(inputs) ? inputs : {};
  const values = members.map((member): Value => group[member] ?? null);
  const work = evaluationOf(name) ?? notRun(`the function ${name}()`);
  return { inputs, outputs: groupOf([['body', work(values, scope)]]), isSecret };
}
