import { historyOf } from '../../../engine/run/history.ts';
import type { Reporter } from './reporter.ts';

/** For a program: one document of all files, with the runs as history shows them. */
export const json: Reporter = (files, counts, output, coverage) =>
  output.json({
    summary: counts,
    files: files.map(({ file, result, refused }) => ({
      file,
      refused,
      cases: (result?.cases ?? []).map(({ name, failures, run }) => ({
        name,
        passed: failures.length === 0,
        failures,
        ...(run && { run: historyOf(run) }),
      })),
      mistakes: result?.mistakes ?? [],
    })),
    ...(coverage && { coverage: coverage.map(({ file, name, parts }) => ({ file, name, parts })) }),
  });
