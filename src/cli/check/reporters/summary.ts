import { ScoreSheet } from '../score-sheet.ts';
import type { CreateReporter } from './reporter.ts';

/** The score sheet of `--summary`, in Markdown or for a program. */
export const summary =
  (isJson: boolean): CreateReporter =>
  ({ output }) => {
    const sheet = new ScoreSheet();
    return {
      add: ({ document, ...examined }) => {
        if (document) sheet.add(document, examined);
      },
      end: () => (isJson ? output.json(sheet.toJson()) : output.result(sheet.toMarkdown())),
    };
  };
