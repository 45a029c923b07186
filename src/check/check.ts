import type { Surroundings } from '../definition/surroundings.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { JsonLocator } from '../document/locate.ts';
import type { Finding, Rule } from './rule.ts';
import { rules } from './rules/index.ts';
import { Subject } from './subject.ts';

export interface CheckOptions extends Surroundings {
  /** The file's name in the findings. */
  readonly file?: string;
  /** The text of the file (JSON, comments allowed): gives the findings their ranges. */
  readonly text?: string;
  /** Where in the file the definition stands, such as `/definition`. Default: it is the whole file. */
  readonly pointer?: string;
}

/**
 * Checks a workflow definition (parsed JSON, anything at all) as Azure would, and for leaks of secrets.
 * Gives the findings in the order of the document; none means that it is fine. Never throws for what the definition holds.
 */
export function check(definition: unknown, options: CheckOptions = {}): Diagnostic[] {
  const { file, text, pointer: start = '' } = options;
  const subject = new Subject(definition, options);
  const locator = text === undefined ? undefined : new JsonLocator(text);
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    rule.check(subject, (finding) => found.push(toDiagnostic(rule, finding, start, file, locator)));
  }
  return locator ? found.toSorted((a, b) => (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0)) : found;
}

function toDiagnostic(
  { name, severity, category }: Rule,
  finding: Finding,
  start: string,
  file: string | undefined,
  locator: JsonLocator | undefined,
): Diagnostic {
  const pointer = start + finding.pointer;
  return {
    rule: name,
    severity,
    category,
    message: finding.message,
    ...(file === undefined ? {} : { file }),
    pointer,
    ...(locator && { range: locator.rangeOf(pointer, finding.part) }),
    ...(finding.help === undefined ? {} : { help: finding.help }),
    docs: `docs/rules/${name}.md`,
  };
}
