import type { Examination } from '../../check/check.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { OpenedDocument } from '../../formats/reading/opened-document.ts';
import { examineDocument } from '../../library/check-document.ts';

/** Findings that are secrets themselves: their text is hidden beside others, too. */
export function secretsOf({ diagnostics, suppressed }: Examination): Diagnostic[] {
  return [...diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)].filter(({ isSecret }) => isSecret);
}

/** The same of a document, by every rule. */
export function secretsIn(document: OpenedDocument): Diagnostic[] {
  return secretsOf(examineDocument(document));
}
