import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import { RefusedError } from '../diagnostics/errors.ts';
import { type Answers, isAsked, questions, type Recipe, recipeNames } from './init-questions.ts';

const recipeLabels: Readonly<Record<Recipe, string>> = {
  sharepoint: 'SharePoint REST',
  graph: 'Microsoft Graph',
  'custom-api': 'another API protected by Entra ID',
};

/** Asks on the terminal what the options have not said. Ctrl-C ends it with nothing written. */
export async function ask(given: Partial<Answers> & { recipe?: Recipe }): Promise<Answers & { recipe: Recipe }> {
  intro('certflow init');
  const recipe =
    given.recipe ??
    answered(
      await select({
        message: 'Which API is called?',
        options: recipeNames.map((value) => ({ value, label: recipeLabels[value] })),
      }),
    );
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const { key, example, optional, problem } = question;
    const fallback = example(recipe);
    answers[key] =
      given[key] ??
      (isAsked(question, recipe)
        ? answered(
            await text({
              message: question.question,
              placeholder: fallback,
              defaultValue: fallback,
              validate: (answer) =>
                answer === undefined || answer === ''
                  ? fallback === '' && !optional
                    ? 'an answer is needed'
                    : undefined
                  : problem?.(answer),
            }),
          )
        : fallback);
  }
  return { ...(answers as unknown as Answers), recipe };
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
  cancel('Nothing was written.');
  throw new RefusedError('certflow init was ended before its last question');
}
