import { findingsOf, type Reporter } from './reporter.ts';

/** Annotations for GitHub Actions, at the lines of the test files. */
export const github: Reporter = (files, _, output, coverage = []) =>
  output.annotations([...files.flatMap(findingsOf), ...coverage.flatMap(({ findings }) => findings)]);
