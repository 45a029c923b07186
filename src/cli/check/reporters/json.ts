import type { CreateReporter } from './reporter.ts';

/** For a program: one document of all that was found. */
export const json: CreateReporter = ({ output }) => ({
  hasCounts: true,
  end: ({ counts, diagnostics, suppressed, fixed }) =>
    output.json({ summary: counts, diagnostics, suppressed, ...(fixed && { fixed }) }),
});
