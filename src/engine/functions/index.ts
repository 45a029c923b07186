import type { FunctionName } from '../../expression/functions.ts';
import { notRun } from '../refusal.ts';
import { collections } from './collections.ts';
import { conversions } from './conversions.ts';
import type { Evaluation, Evaluations } from './function.ts';
import { logic } from './logic.ts';
import { maths } from './maths.ts';
import { references } from './references.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';
import { uris } from './uris.ts';

/** Functions that certflow knows by name and does not run, because nothing public says what they give. */
export const notRunFunctions = [
  'agentParameters',
  'assistantMessage',
  'base64ToJson',
  'channelTriggerBody',
  'formatTimeSpan',
  'mergeObjects',
  'parse',
  'pow',
  'strongEquals',
] as const;

type NotRunFunction = (typeof notRunFunctions)[number];

const run = {
  ...collections,
  ...conversions,
  ...logic,
  ...maths,
  ...references,
  ...strings,
  ...times,
  ...uris,
  coalesce: ([first]) => first ?? null,
} satisfies Partial<Evaluations<string>>;

/**
 * How each function of the language is worked out, beside its signature in `src/expression/functions.ts`: the compiler refuses a
 * function that has no evaluation here, and an evaluation of none. It stands apart because checking needs neither XML nor calendars.
 */
const evaluations: Evaluations<Exclude<FunctionName, NotRunFunction>> = run;

const byName = new Map<string, Evaluation>([
  ...Object.entries(evaluations),
  ...notRunFunctions.map((name): [string, Evaluation] => [name, () => notRun(`the function ${name}()`)]),
]);

/** How a function is worked out, by its name as the table of signatures spells it. */
export function evaluationOf(name: string): Evaluation | undefined {
  return byName.get(name);
}
