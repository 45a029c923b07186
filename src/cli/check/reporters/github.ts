import type { CreateReporter } from './reporter.ts';

/** Annotations for GitHub Actions. */
export const github: CreateReporter = ({ output }) => ({ add: ({ diagnostics }) => output.annotations(diagnostics) });
