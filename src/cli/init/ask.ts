import type { Readable, Writable } from 'node:stream';
import { intro, isCancel, log, select, text } from '@clack/prompts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { show } from '../../diagnostics/show.ts';
import {
  type Answers,
  initTargets,
  isAsked,
  type Kind,
  type Question,
  questions,
  type Recipe,
  recipeNames,
  targetFacts,
} from './questions.ts';
import { remarkOn, rightForm, saidAlong } from './right-form.ts';

const recipeLabels: Readonly<Record<Recipe, string>> = {
  sharepoint: 'SharePoint REST',
  graph: 'Microsoft Graph',
  'custom-api': 'another API protected by Entra ID',
};

/** Where the questions are put and answered; the process's own streams by default. */
export interface Streams {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Asks on the terminal what the options have not said; what nobody answers is left out. Ctrl-C ends it with nothing written. */
export async function ask(given: Partial<Answers & Kind>, streams: Streams = {}): Promise<Partial<Answers> & Kind> {
  intro('certflow init', streams);
  const target =
    given.target ??
    answered(
      await select({
        ...streams,
        message: 'Where does it run?',
        options: initTargets.map((value) => ({ value, label: targetFacts[value].words })),
      }),
    );
  const recipe =
    given.recipe ??
    answered(
      await select({
        ...streams,
        message: 'Which API is called?',
        options: recipeNames.map((value) => ({ value, label: recipeLabels[value] })),
      }),
    );
  const { signIn = 'entra' } = given;
  const answers: Partial<Record<keyof Answers, string>> = { ...given };
  for (const question of questions) {
    const { key } = question;
    if (answers[key] !== undefined || !isAsked(question, { recipe, target, signIn })) continue;
    const answer = await answerTo(question, question.example(recipe), streams);
    if (answer === undefined) continue;
    answers[key] = answer.taken;
    for (const [other, said] of Object.entries(saidAlong(key, answer.given))) answers[other as keyof Answers] ??= said;
  }
  return { ...answers, recipe, target, signIn };
}

/** What was typed, and what is taken of it; undefined where the example is left as it is. */
async function answerTo({ key, question, problem }: Question, example: string, streams: Streams) {
  const given = answered(
    await text({
      ...streams,
      message: question,
      placeholder: example === '' ? 'none yet' : `${example} (an example, which Enter takes)`,
      defaultValue: '',
      // Nothing typed takes the example.
      validate: (answer) => (answer?.trim() ? problem?.(rightForm(key, answer)) : undefined),
    }),
  );
  if (given.trim() === '') return undefined;
  const taken = rightForm(key, given);
  const remark = remarkOn(key, given, taken);
  if (remark !== undefined) log.info(show(remark), streams);
  return { given, taken };
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
  throw new RefusedError('certflow init was ended before its last question');
}
