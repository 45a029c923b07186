import type { Readable, Writable } from 'node:stream';
import { intro, isCancel, select, text } from '@clack/prompts';
import { RefusedError } from '../diagnostics/errors.ts';
import { type Answers, isAsked, questions, type Recipe, recipeNames } from './init-questions.ts';

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

/** Asks on the terminal what the options have not said. Ctrl-C ends it with nothing written. */
export async function ask(
  given: Partial<Answers> & { recipe?: Recipe },
  streams: Streams = {},
): Promise<Answers & { recipe: Recipe }> {
  intro('certflow init', streams);
  const recipe =
    given.recipe ??
    answered(
      await select({
        ...streams,
        message: 'Which API is called?',
        options: recipeNames.map((value) => ({ value, label: recipeLabels[value] })),
      }),
    );
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const { key, example, problem } = question;
    const fallback = example(recipe);
    answers[key] =
      given[key] ??
      (isAsked(question, recipe)
        ? answered(
            await text({
              ...streams,
              message: question.question,
              placeholder: fallback,
              defaultValue: fallback,
              // Nothing typed takes the example.
              validate: (answer) => (answer ? problem?.(answer) : undefined),
            }),
          )
        : fallback);
  }
  return { ...(answers as unknown as Answers), recipe };
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
  throw new RefusedError('certflow init was ended before its last question');
}
