import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { TestResult } from '../../../test-runner/run-tests.ts';
import type { Output } from '../../output.ts';
import type { WorkflowCoverage } from '../coverage.ts';

/** What became of one test file. */
export interface TestedFile {
  readonly file: string;
  /** Absent where nothing could be tested: Azure refuses the workflow. */
  readonly result?: TestResult;
  /** Why not. */
  readonly refused: readonly Diagnostic[];
}

export interface Counts {
  readonly files: number;
  readonly passed: number;
  readonly failed: number;
  /** Mistakes in the tests themselves. */
  readonly mistakes: number;
}

/** One way to print what tests came to; `coverage` is of each workflow, where it was asked for. */
export type Reporter = (
  files: readonly TestedFile[],
  counts: Counts,
  output: Output,
  coverage?: readonly WorkflowCoverage[],
) => void;

/** All findings of a file, in its order. */
export function findingsOf({ result, refused }: TestedFile): Diagnostic[] {
  return [...refused, ...(result?.cases.flatMap(({ failures }) => failures) ?? []), ...(result?.mistakes ?? [])];
}
