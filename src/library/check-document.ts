import { type Examination, examine } from '../check/check.ts';
import type { SuppressedDiagnostic } from '../check/suppressions.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { withoutSecrets } from '../diagnostics/without-secrets.ts';
import { JsonLocator } from '../document/locate.ts';
import type { OpenedDocument } from '../formats/reading/opened-document.ts';
import { placedInSource } from './placed-in-source.ts';

export interface CheckFileOptions {
  /** Names of the only rules that count. Default: all. */
  readonly rules?: readonly string[];
  /** Names of rules that do not count. */
  readonly ignore?: readonly string[];
  /** The lightest that counts. Default: `info`. */
  readonly severity?: Severity;
  /** Says of a finding that counts why it is not to be reported; undefined where it is. */
  readonly suppress?: (diagnostic: Diagnostic) => Omit<SuppressedDiagnostic, 'diagnostic'> | undefined;
}

/** The findings of every workflow of an opened document, file by file, in the order of the text. */
export function checkDocument(document: OpenedDocument, options: CheckFileOptions = {}): Diagnostic[] {
  return examineDocument(document, options).diagnostics;
}

/** The same, with the findings that are suppressed. */
export function examineDocument(document: OpenedDocument, options: CheckFileOptions = {}): Examination {
  // A template may have many workflows, and its text is parsed for their places only once.
  const locators = new Map<string, JsonLocator>();
  const diagnostics: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const [made] = document.definitions;
  const placed = document.source && made ? placedInSource(document.source, made.text) : (diagnostic: Diagnostic) => diagnostic;
  const take = (found: Diagnostic) => {
    const diagnostic = placed(found);
    if (!counts(diagnostic, options)) return;
    const suppression = options.suppress?.(diagnostic);
    if (suppression) suppressed.push({ diagnostic, ...suppression });
    else diagnostics.push(diagnostic);
  };
  const told = new Set<string>();
  document.problems.map(withoutSecrets).forEach(take);
  for (const { definition, ...context } of document.definitions) {
    const locator = locators.get(context.file) ?? new JsonLocator(context.text);
    locators.set(context.file, locator);
    const examined = examine(definition, { ...context, siblings: document.definitions, locator });
    examined.diagnostics.filter((diagnostic) => isNew(diagnostic, context.file, told)).forEach(take);
    for (const { diagnostic, ...why } of examined.suppressed)
      if (counts(diagnostic, options)) suppressed.push({ diagnostic: placed(diagnostic), ...why });
  }
  return { diagnostics, suppressed };
}

/** Whether a finding was not told before: what stands in a file that the workflows of an app share is found with each of them. */
function isNew({ rule, file, pointer, message }: Diagnostic, own: string, told: Set<string>): boolean {
  if (file === own) return true;
  const key = JSON.stringify([rule, file, pointer, message]);
  return told.size !== told.add(key).size;
}

const weight: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether a severity is at least another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return weight[severity] >= weight[least];
}

/** Whether a finding counts. */
export function counts({ rule, severity }: Diagnostic, { rules, ignore, severity: least = 'info' }: CheckFileOptions): boolean {
  return isAtLeast(severity, least) && (rules === undefined || rules.includes(rule)) && !ignore?.includes(rule);
}
