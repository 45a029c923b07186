import { renderGitHub } from '../../../diagnostics/render-github.ts';
import type { CreateReporter } from './reporter.ts';

/** Annotations for GitHub Actions. */
export const github: CreateReporter = ({ output }) => ({
  add: ({ diagnostics }) => {
    if (diagnostics.length > 0) output.result(renderGitHub(diagnostics));
  },
});
