import type { Surroundings } from '../definition/surroundings.ts';
import { type Diagnostic, inTextOrder } from '../diagnostics/diagnostic.ts';
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
  /** Pointers within the definition of strings that differ from the text's: findings in them are shown at the whole string. */
  readonly filledIn?: ReadonlySet<string>;
  /** @internal One that knows the text already. */
  readonly locator?: JsonLocator;
}

/**
 * Checks a workflow definition (parsed JSON, anything at all) as Azure would, and for leaks of secrets.
 * Gives the findings, in the order of the text where it is known; none means that it is fine. Never throws for what the definition holds.
 */
export function check(definition: unknown, options: CheckOptions = {}): Diagnostic[] {
  const subject = new Subject(definition, options);
  const locator = options.locator ?? (options.text === undefined ? undefined : new JsonLocator(options.text));
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    rule.check(subject, (finding) => found.push(toDiagnostic(rule, finding, options, locator)));
  }
  return inTextOrder(found);
}

function toDiagnostic(
  { name, severity, category }: Rule,
  finding: Finding,
  { file, pointer: start = '', filledIn }: CheckOptions,
  locator: JsonLocator | undefined,
): Diagnostic {
  const pointer = start + finding.pointer;
  const part = filledIn?.has(finding.pointer) && finding.part !== 'key' ? 'value' : finding.part;
  return {
    rule: name,
    severity,
    category,
    message: finding.message,
    ...(file === undefined ? {} : { file }),
    pointer,
    ...(locator && { range: locator.rangeOf(pointer, part) }),
    ...(finding.help === undefined ? {} : { help: finding.help }),
    docs: `docs/rules/${name}.md`,
  };
}
