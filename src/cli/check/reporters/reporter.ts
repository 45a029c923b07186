import type { Examination } from '../../../check/check.ts';
import type { SuppressedDiagnostic } from '../../../check/suppressions.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { OpenedDocument } from '../../../formats/reading/opened-document.ts';
import type { Output } from '../../output.ts';
import type { FixResult } from '../fix.ts';

/** One way to print what `certflow check` found. */
export interface Reporter {
  /** The result tells the counts itself, so that no summary stands beside it. */
  readonly hasCounts?: true;
  /** Takes the findings of one document as they come: documents and their texts are not kept. */
  readonly add?: (found: Found) => void;
  /** Called once, when everything is checked. */
  readonly end?: (all: Checked) => void;
}

/** What was found in one document, or in the settings. */
export interface Found extends Examination {
  /** Absent for the settings. */
  readonly document?: OpenedDocument;
  /** Findings that are secrets themselves, whether they are reported or not. */
  readonly secrets: () => readonly Diagnostic[];
  /** The text of a file, for source lines and fixes. */
  readonly textOf: (file: string) => string | undefined;
}

/** What was found in all. */
export interface Checked {
  readonly counts: Readonly<Record<'files' | 'workflows' | 'errors' | 'warnings' | 'infos', number>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  /** Absent without `--fix`. */
  readonly fixed?: readonly FixResult[];
}

export interface ReporterOptions {
  readonly output: Output;
  /** Files stay as they are, and what would change is printed. */
  readonly isDryRun: boolean;
}

export type CreateReporter = (options: ReporterOptions) => Reporter;
