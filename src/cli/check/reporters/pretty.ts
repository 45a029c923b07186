import type { CreateReporter } from './reporter.ts';

/** For a person: findings with their source lines, or with `--dry-run` what would change. */
export const pretty: CreateReporter = ({ output, isDryRun }) =>
  isDryRun
    ? {
        end: ({ fixed = [] }) => {
          for (const { diff } of fixed) output.result(diff.trimEnd());
        },
      }
    : { add: ({ diagnostics, textOf, secrets }) => output.findings(diagnostics, textOf, secrets()) };
